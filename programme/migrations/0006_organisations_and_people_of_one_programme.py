"""Organisations belong to one programme; what a programme says of a person is its own, and waits
until the person accepts.

Whoever holds a role already has accepted. An organisation goes to the first programme that it is a
partner of or hosts, else to the first there is.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def share_out(apps, schema_editor):
    model = {
        name: apps.get_model("programme", name)
        for name in ("Organisation", "Partnership", "Person", "Programme", "RoleAssignment")
    }
    programmes = model["Programme"].objects.order_by("pk")
    first = programmes.first()
    hosts = dict(reversed(programmes.values_list("host", "pk")))
    parts = (
        model["Partnership"].objects.order_by("-programme").values_list("organisation", "programme")
    )
    homes = {**hosts, **dict(parts)}
    for organisation in model["Organisation"].objects.all():
        organisation.programme_id = homes.get(organisation.pk, first.pk if first else None)
        if organisation.programme_id is None:
            organisation.delete()
        else:
            organisation.save(update_fields=["programme"])
    now = timezone.now()
    for held in model["RoleAssignment"].objects.select_related("user__organisation"):
        user = held.user
        works_for = user.organisation
        if works_for is not None and works_for.programme_id != held.programme_id:
            works_for = None
        model["Person"].objects.get_or_create(
            programme_id=held.programme_id,
            user=user,
            defaults={
                "email": user.email,
                "name": user.name,
                "post": user.post,
                "organisation": works_for,
                "accepted_at": now,
            },
        )
    if schema_editor.connection.vendor == "postgresql":
        # What waits for the end of the transaction would keep the tables from being altered.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("programme", "0005_record_chain")]

    operations = [
        migrations.AlterField(
            "programme",
            "host",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hosted_programmes",
                to="programme.organisation",
                help_text="The accountable body, one of the programme's organisations; empty until "
                "the first of them is added.",
            ),
        ),
        migrations.AlterField("organisation", "name", models.CharField(max_length=200)),
        migrations.AlterField("organisation", "slug", models.SlugField()),
        migrations.AddField(
            "organisation",
            "programme",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="organisations",
                to="programme.programme",
            ),
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="programme.programme",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="known_as",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        help_text="As the programme typed it.",
                        max_length=254,
                        verbose_name="e-mail address",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="Shown until they accept.", max_length=150
                    ),
                ),
                ("post", models.CharField(blank=True, max_length=150)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="programme.organisation",
                    ),
                ),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={"verbose_name_plural": "people", "ordering": ["name", "pk"]},
        ),
        migrations.AddConstraint(
            "person",
            models.UniqueConstraint(fields=("programme", "user"), name="person_once_per_programme"),
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(declined_at__isnull=True),
                name="person_accepted_or_declined",
            ),
        ),
        migrations.AddField(
            "roleassignment",
            "person",
            models.ForeignObject(
                editable=False,
                from_fields=["programme", "user"],
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="roles",
                to="programme.person",
                to_fields=["programme", "user"],
            ),
        ),
        migrations.RunPython(share_out, migrations.RunPython.noop),
        migrations.RemoveField("user", "organisation"),
        migrations.RemoveField("user", "post"),
        migrations.AlterField(
            "organisation",
            "programme",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="organisations",
                to="programme.programme",
            ),
        ),
        migrations.AddConstraint(
            "organisation",
            models.UniqueConstraint(fields=("programme", "slug"), name="organisation_slug_unique"),
        ),
        migrations.AddConstraint(
            "organisation",
            models.UniqueConstraint(
                fields=("programme", "name"),
                name="organisation_name_unique",
                violation_error_message="The programme has an organisation of this name already.",
            ),
        ),
    ]
