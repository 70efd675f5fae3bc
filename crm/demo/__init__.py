"""The invented firms and people of `seutu demo`, of the screenshots and of the load tests."""

from crm.demo.seeding import seed as seed
