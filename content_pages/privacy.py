from resilience.privacy.register import OPERATIONAL, WHILE_THE_SITE_RUNS, register_whole

for _name in ("HomePage", "PublicPage", "ProgrammesPage", "ProgrammePage", "ModulePage", "ActivityPage"):
    register_whole(
        f"content_pages.{_name}",
        kind=OPERATIONAL,
        purpose="pages that editors make",
        keep=WHILE_THE_SITE_RUNS,
    )
