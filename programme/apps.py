from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "programme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers the check that production holds no example accounts."""
        from programme.site import safeguards  # noqa: F401  (its models are loaded only now)
