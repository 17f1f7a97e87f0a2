from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "finance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from finance import charges, measures, record
        from programme import record_words

        record_words.register(self.name, record.VERBS, record.LABELS)
        charges.register_all()
        measures.register_all()
