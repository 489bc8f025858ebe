"""The pictures of a card are rows of their own by now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0005_card_pictures"),
    ]

    operations = [
        migrations.RemoveField(model_name="coverage", name="card_back"),
        migrations.RemoveField(model_name="coverage", name="card_front"),
        migrations.RemoveField(model_name="coverage", name="card_scanned_at"),
    ]
