"""Each side of an insurance card becomes a row of its own, so that a replaced one stays on file."""

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import office.core.ids


def keep_what_was_scanned(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    coverages, pictures = apps.get_model("patients", "Coverage"), apps.get_model("patients", "CardPicture")
    for row in coverages.objects.exclude(card_front="", card_back="").iterator():
        scanned = {"created_at": row.card_scanned_at} if row.card_scanned_at else {}
        for side, picture in (("front", row.card_front), ("back", row.card_back)):
            if picture:
                pictures.objects.create(coverage=row, side=side, picture=picture, added_by="", **scanned)


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0004_standing_and_reviews"),
    ]

    operations = [
        migrations.AlterModelOptions(name="coverage", options={"ordering": ["rank", "created_at"]}),
        migrations.CreateModel(
            name="CardPicture",
            fields=[
                (
                    "id",
                    models.UUIDField(default=office.core.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("side", models.CharField(choices=[("front", "Front"), ("back", "Back")], max_length=5)),
                ("picture", models.CharField(help_text="SHA-256 of the picture in core.files", max_length=64)),
                ("added_by", models.CharField(max_length=150)),
                (
                    "coverage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="card_pictures",
                        to="patients.coverage",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.RunPython(keep_what_was_scanned, migrations.RunPython.noop),
    ]
