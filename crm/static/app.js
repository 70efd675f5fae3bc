/* Makes Seutu's pages quicker to use. Every page works without it; its words come from <body data-words>. */
(() => {
  "use strict";
  const root = document.documentElement;
  const body = document.body;
  const words = JSON.parse(body.dataset.words || "{}");
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const csrf = () => $('meta[name="csrf-token"]')?.content || "";
  const fill = (text, values) => (text || "").replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
  const later = (work, wait) => { let timer; return (...given) => { clearTimeout(timer); timer = setTimeout(() => work(...given), wait); }; };
  const clockTime = (at) => new Date(at).toLocaleTimeString(root.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const isField = (node) => Boolean(node?.closest?.("input, textarea, select, [contenteditable], [role=combobox]"));
  const ask = async (url) => {
    const answer = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    const signIn = answer.headers.get("HX-Redirect");
    if (signIn) location.assign(signIn);
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.text();
  };
  root.classList.add("js");

  /* htmx: the token on each request, focus after a page swap, and words when it fails */
  document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = csrf(); });
  document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute?.("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (event) => event.detail.target?.removeAttribute?.("aria-busy"));
  document.addEventListener("htmx:afterSettle", (event) => {
    wire(event.detail.elt);
    document.getElementById(event.detail.requestConfig?.elt?.dataset?.backTo)?.focus();
    if (["main", "BODY"].includes(event.detail.target?.id || event.detail.target?.tagName)) $("h1")?.focus();
  });
  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(name, () => say($("[data-alerts]"), words.failed));
  }
  const say = (place, text) => { if (place) place.textContent = text; };

  /* Connection */
  const tellConnection = (online) => {
    if (!online) $$("[data-offline]").forEach((place) => say(place, words.offline));
    else $$("[data-offline]").filter((place) => place.textContent).forEach((place) => say(place, words.online));
  };
  addEventListener("offline", () => tellConnection(false));
  addEventListener("online", () => tellConnection(true));
  if (!navigator.onLine) tellConnection(false);

  /* Drafts of forms, kept on this device under the person's own number */
  const store = (() => { try { localStorage.getItem("seutu"); return localStorage; } catch { return null; } })();
  const mine = `seutu-draft:${body.dataset.user || ""}:`;
  const DRAFT_DAYS = 14;
  const draftKeys = (start = mine) => store ? Object.keys(store).filter((key) => key.startsWith(start)) : [];
  const readDraft = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const forget = (test, start) => draftKeys(start).filter(test).forEach((key) => store.removeItem(key));
  const typed = (form) => [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && typeof value === "string");

  const clearDrafts = () => {
    $$("[data-draft-clear]").forEach((mark) => forget((key) => key.endsWith(`:${mark.dataset.draftClear}`)));
    if ($("[data-draft-clear-all]")) forget(() => true, "seutu-draft:");
    forget((key) => !(Date.now() - readDraft(key)?.at < DRAFT_DAYS * 864e5));
  };
  const putBack = (form, values) => {
    for (const control of form.elements) {
      if (!control.name || ["csrf_token"].includes(control.name) || control.type === "file") continue;
      const kept = values.filter(([name]) => name === control.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(control.type)) control.checked = kept.includes(control.value);
      else if (kept.length) control.value = kept[0];
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const offerDraft = (form, key, draft) => {
    const notice = make("div", "ds-alert notice");
    const restore = make("button", "ds-button", words.restore);
    const discard = make("button", "ds-button", words.discard);
    restore.type = discard.type = "button";
    restore.dataset.variant = "secondary";
    discard.dataset.variant = "tertiary";
    const row = make("div", "actions");
    row.append(restore, discard);
    notice.append(make("p", "", fill(words.draftFound, { time: clockTime(draft.at) })), row);
    restore.addEventListener("click", () => { putBack(form, draft.values); store.removeItem(key); notice.remove(); ($("[data-main]", form) || form.elements[0])?.focus(); });
    discard.addEventListener("click", () => { store.removeItem(key); notice.remove(); });
    form.prepend(notice);
  };
  const wireDraft = (form) => {
    if (!store) return;
    const key = mine + form.dataset.draft;
    const group = form.dataset.draftGroup;
    const status = $("[data-draft-status]", form);
    const start = JSON.stringify(typed(form));
    let kept = start;
    if (!$("[data-focus]", form)) {
      const keys = group ? draftKeys(`${mine}${group}:`) : [key];
      const newest = keys.map((one) => [one, readDraft(one)]).filter(([, draft]) => draft).sort((a, b) => b[1].at - a[1].at)[0];
      if (newest && JSON.stringify(newest[1].values) !== start) offerDraft(form, ...newest);
    }
    const keep = () => {
      const values = typed(form);
      const now = JSON.stringify(values);
      if (now === kept || now === start) return;
      const own = group ? `${mine}${group}:${form.elements.form_key?.value}` : key;
      try { store.setItem(own, JSON.stringify({ at: Date.now(), values })); } catch { return; }
      kept = now;
      say(status, fill(words.draftSaved, { time: clockTime(Date.now()) }));
    };
    const timer = setInterval(() => form.isConnected ? keep() : clearInterval(timer), 2000);
    form.addEventListener("submit", keep);
    addEventListener("pagehide", keep);
  };

  /* A button that works says so and cannot be pressed twice */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-sign-out]")) forget(() => true);
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (!navigator.onLine) {
      event.preventDefault();
      tellConnection(false);
      $("[data-offline]")?.scrollIntoView({ block: "center" });
      return;
    }
    form.dataset.sent = "1";
    const button = event.submitter;
    if (!button?.matches(".ds-button[data-variant=primary]")) return;
    const label = $("span", button) || button;
    button.dataset.label = label.textContent;
    button.dataset.saving = "1";
    button.setAttribute("aria-busy", "true");
    label.textContent = words.saving;
  });
  addEventListener("pageshow", () => {
    $$("form[data-sent]").forEach((form) => delete form.dataset.sent);
    $$("[data-saving]").forEach((button) => {
      ($("span", button) || button).textContent = button.dataset.label;
      button.removeAttribute("aria-busy");
      delete button.dataset.saving;
    });
  });

  /* Toasts go after 10 s, but not from under a hand */
  const wireToast = (toast) => {
    const close = $("[data-close-toast]", toast);
    if (close) { close.hidden = false; close.addEventListener("click", () => toast.remove()); }
    let timer;
    const start = () => { timer = setTimeout(() => toast.remove(), 10000); };
    const stop = () => clearTimeout(timer);
    for (const name of ["mouseenter", "focusin"]) toast.addEventListener(name, stop);
    for (const name of ["mouseleave", "focusout"]) toast.addEventListener(name, () => { stop(); start(); });
    start();
  };

  /* A list of options under an input: arrows, Enter, the mouse */
  const wireOptions = (input, list, choose) => {
    const options = () => $$('[role="option"]', list);
    const mark = (option) => {
      options().forEach((one) => one.setAttribute("aria-selected", String(one === option)));
      if (option) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
      else input.removeAttribute("aria-activedescendant");
    };
    const current = () => $('[aria-selected="true"]', list);
    input.addEventListener("keydown", (event) => {
      const all = options();
      const at = all.indexOf(current());
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!all.length) return;
        event.preventDefault();
        mark(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length + (at < 0 && event.key === "ArrowUp" ? 1 : 0)) % all.length]);
      } else if (event.key === "Enter" && current() && !list.hidden && !event.ctrlKey) {
        event.preventDefault();
        choose(current());
      }
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => { const option = event.target.closest('[role="option"]'); if (option) choose(option); });
    list.addEventListener("mousemove", (event) => { const option = event.target.closest('[role="option"]'); if (option) mark(option); });
    return { mark, options };
  };
  const found = (count) => (count ? fill(words.hits, { count }) : words.noHits);

  const wirePicker = (picker) => {
    const input = $("[data-picker-input]", picker);
    const list = $('[role="listbox"]', picker);
    const id = $("[data-picker-id]", picker);
    if (!input || !list || !id) return;
    const status = $("[data-picker-status]", picker);
    const show = (open) => { list.hidden = !open; input.setAttribute("aria-expanded", String(open)); };
    const { mark, options } = wireOptions(input, list, (option) => {
      id.value = option.dataset.id;
      input.value = option.dataset.name;
      const name = $("[data-picked-name]", picker);
      if (name) {
        name.textContent = option.dataset.name;
        $("[data-picked-detail]", picker).textContent = option.dataset.detail;
        $("[data-picked]", picker).open = false;
        $("summary", picker).focus();
      }
      show(false);
      say(status, fill(words.picked, { name: option.dataset.name }));
      id.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const look = later(async () => {
      const text = input.value.trim();
      if (text.length < 2) { show(false); return; }
      const answer = await ask(`${picker.dataset.pickerUrl}?q=${encodeURIComponent(text)}`).catch(() => "");
      if (input.value.trim() !== text) return;
      list.innerHTML = answer;
      show(options().length > 0);
      mark(options()[0]);
      say(status, found(options().length));
    }, 150);
    input.addEventListener("input", () => { if (!$("[data-picked]", picker) || input.value) id.value = ""; look(); });
    input.addEventListener("keydown", (event) => { if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); show(false); } });
    input.addEventListener("blur", () => setTimeout(() => show(false), 150));
  };

  /* Palette: Ctrl+K */
  const palette = $("#palette");
  let openPalette = null;
  if (palette) {
    const input = $("#palette-input");
    const list = $("#palette-list");
    const { mark, options } = wireOptions(input, list, (option) => location.assign(option.dataset.url));
    const look = later(async () => {
      const text = input.value.trim();
      const answer = await ask(`${palette.dataset.palette}?partial=palette&q=${encodeURIComponent(text)}`).catch(() => null);
      if (input.value.trim() !== text) return;
      list.innerHTML = answer ?? "";
      if (answer === null) list.append(make("p", "palette-empty", words.failed));
      mark(options()[0]);
      if (text) say($("[data-palette-status]"), found(options().length));
    }, 120);
    openPalette = () => { if (!palette.open) { palette.showModal(); input.select(); look(); } };
    input.addEventListener("input", look);
    palette.addEventListener("click", (event) => { if (event.target === palette || event.target.closest("[data-close-dialog]")) palette.close(); });
    $$("[data-palette-opener]").forEach((opener) => opener.addEventListener("click", (event) => { event.preventDefault(); openPalette(); }));
  }

  /* Keys */
  const keysOn = body.dataset.keys !== "off";
  const go = JSON.parse(body.dataset.keyG || "{}");
  let afterG = 0;
  const step = (by) => {
    const rows = $$("[data-row], .table tbody tr");
    if (!rows.length) return;
    const at = rows.findIndex((row) => "current" in row.dataset);
    rows.forEach((row) => delete row.dataset.current);
    const row = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    row.dataset.current = "";
    row.scrollIntoView({ block: "nearest" });
    $("a", row)?.focus();
  };
  const single = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => ($("[data-page-search]") ? $("[data-page-search]").focus() : openPalette?.()),
    "?": () => body.dataset.keyHelp && location.assign(body.dataset.keyHelp),
    g: () => { afterG = Date.now(); },
  };
  document.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (command && key === "k" && openPalette) { event.preventDefault(); openPalette(); return; }
    if (command && event.key === "Enter") {
      const form = event.target.closest?.("form");
      if (form?.method === "post") { event.preventDefault(); form.requestSubmit($("[type=submit][data-variant=primary]", form)); }
      return;
    }
    if (event.key === "Escape") {
      const leave = $("[data-leave]", event.target.closest?.("form") || make("div", ""));
      if (leave) { leave.click(); return; }
      const menu = event.target.closest?.("details[data-menu][open]") || $("details[data-menu][open]");
      if (menu) { menu.open = false; $("summary", menu).focus(); }
      else if (!isField(event.target) && !palette?.open) $("[data-escape]")?.click();
      return;
    }
    if (!keysOn || command || event.altKey || isField(event.target) || palette?.open) return;
    if (Date.now() - afterG < 1500 && go[key]) { location.assign(go[key]); return; }
    if (single[key]) { event.preventDefault(); single[key](); return; }
    const target = $(`[data-key="${CSS.escape(key)}"]`);
    if (target) { event.preventDefault(); target.click(); }
  });
  document.addEventListener("click", (event) => {
    $$("details[data-menu][open]").filter((menu) => !menu.contains(event.target)).forEach((menu) => { menu.open = false; });
  });

  /* Small parts of forms */
  const wireDay = (place) => {
    const text = document.getElementById(place.dataset.dayPicker);
    const [button, native] = [$("button", place), $("input", place)];
    if (!text || !native.showPicker) return;
    place.hidden = false;
    button.addEventListener("click", () => native.showPicker());
    native.addEventListener("change", () => {
      const [year, month, day] = native.value.split("-").map(Number);
      if (day) { text.value = `${day}.${month}.${year}`; text.dispatchEvent(new Event("input", { bubbles: true })); }
    });
  };
  const wireFill = (place) => {
    place.hidden = false;
    place.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) document.getElementById(place.dataset.fill).value = button.value;
    });
  };
  const wireDrop = (place) => {
    const input = $("input[type=file]", place);
    const note = $("[data-file-words]", place);
    note.hidden = false;
    const over = (on) => { if (on) place.dataset.over = ""; else delete place.dataset.over; };
    place.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
    place.addEventListener("dragleave", () => over(false));
    place.addEventListener("drop", (event) => { event.preventDefault(); over(false); input.files = event.dataTransfer.files; input.dispatchEvent(new Event("change")); });
    input.addEventListener("change", () => { if (input.files[0]) say(note, fill(words.chosenFile, { name: input.files[0].name })); });
  };
  const wireFilters = (form) => form.addEventListener("change", (event) => { if (!event.target.matches("[type=search]")) form.requestSubmit(); });

  function wire(within) {
    const each = (selector, work) => $$(selector, within).filter((node) => !node.wired).forEach((node) => { node.wired = true; work(node); });
    each("form[data-draft]", wireDraft);
    each("[data-toast]", wireToast);
    each("[data-picker]", wirePicker);
    each("[data-day-picker]", wireDay);
    each("[data-fill]", wireFill);
    each("[data-file-drop]", wireDrop);
    each("form[data-autosubmit]", wireFilters);
    each("[data-focus]", (node) => node.focus());
  }
  clearDrafts();
  wire(document);
})();
