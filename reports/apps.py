from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from programme import record_words, uses
        from reports import charges, record
        from reports.selectors import papers_since, sections_of_workstream

        record_words.register(self.name, record.VERBS, record.LABELS)
        charges.register_all()
        uses.register(
            "projects.workstream",
            "sections",
            ("section of a paper", "sections of papers"),
            sections_of_workstream,
        )
        for printed in ("programme.principle", "programme.planpriority"):
            uses.register(printed, "papers", ("paper", "papers"), papers_since)
