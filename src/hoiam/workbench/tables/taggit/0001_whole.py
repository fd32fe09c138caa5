import django.db.models.deletion
from django.db import migrations, models

import hoiam.core.creating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        hoiam.core.creating.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Tag",
                    fields=[
                        (
                            "id",
                            models.AutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(max_length=100, unique=True, verbose_name="name"),
                        ),
                        (
                            "slug",
                            models.SlugField(
                                allow_unicode=True, max_length=100, unique=True, verbose_name="slug"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tag",
                        "verbose_name_plural": "tags",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="TaggedItem",
                    fields=[
                        (
                            "id",
                            models.AutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(app_label)s_%(class)s_items",
                                to="taggit.tag",
                            ),
                        ),
                        (
                            "content_type",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(app_label)s_%(class)s_tagged_items",
                                to="contenttypes.contenttype",
                                verbose_name="content type",
                            ),
                        ),
                        ("object_id", models.IntegerField(db_index=True, verbose_name="object ID")),
                    ],
                    options={
                        "verbose_name": "tagged item",
                        "verbose_name_plural": "tagged items",
                        "indexes": [
                            models.Index(
                                fields=["content_type", "object_id"],
                                name="taggit_tagg_content_8fc721_idx",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("content_type", "object_id", "tag"),
                                name="taggit_taggeditem_content_type_id_object_id_tag_id_4bb97a8e_uniq",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
