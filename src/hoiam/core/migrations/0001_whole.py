import django.db.models.deletion
import hoiam.core.creating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('core', '0001_initial'), ('core', '0002_stamps')]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        hoiam.core.creating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='LedgerAnchor',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField(unique=True)),
                        ('at', models.DateTimeField()),
                        ('count', models.BigIntegerField(verbose_name='số bản ghi')),
                        ('entry_id', models.BigIntegerField(verbose_name='bản ghi cuối')),
                        ('digest', models.CharField(max_length=64, verbose_name='mã băm của bản ghi cuối')),
                        ('blob', models.CharField(max_length=64, verbose_name='SHA-256 của tờ neo')),
                    ],
                    options={
                        'ordering': ['day'],
                    },
                ),
                migrations.CreateModel(
                    name='LedgerHead',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(blank=True, max_length=64)),
                        ('count', models.BigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='OutgoingMail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=180, unique=True)),
                        ('address', models.EmailField(max_length=254)),
                        ('subject', models.CharField(max_length=300)),
                        ('text', models.TextField()),
                        ('html', models.TextField(blank=True)),
                        ('attachments', models.JSONField(default=list)),
                        ('queued_at', models.DateTimeField()),
                        ('sent_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Schedule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True)),
                        ('next_due_at', models.DateTimeField()),
                        ('last_slot', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Stamp',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('authority', models.CharField(choices=[('local', 'nội bộ'), ('outside', 'dịch vụ bên ngoài')], max_length=8, verbose_name='nơi đóng dấu')),
                        ('name', models.CharField(max_length=200, verbose_name='tên trên chứng thư')),
                        ('gen_time', models.DateTimeField(verbose_name='thời điểm trong dấu')),
                        ('serial', models.CharField(max_length=60)),
                        ('listing', models.CharField(max_length=64, verbose_name='SHA-256 của bảng kê')),
                        ('token', models.CharField(max_length=64, verbose_name='SHA-256 của dấu')),
                        ('count', models.PositiveIntegerField(verbose_name='số mục trong bảng kê')),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
                migrations.CreateModel(
                    name='Job',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('path', models.CharField(max_length=200)),
                        ('arguments', models.JSONField(default=dict)),
                        ('queue', models.CharField(default='default', max_length=32)),
                        ('priority', models.SmallIntegerField(default=0)),
                        ('key', models.CharField(max_length=200, null=True, unique=True)),
                        ('state', models.CharField(choices=[('waiting', 'Chờ chạy'), ('running', 'Đang chạy'), ('done', 'Đã xong'), ('dead', 'Hỏng, cần người xem')], default='waiting', max_length=8)),
                        ('enqueued_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField()),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('most_tries', models.PositiveSmallIntegerField(default=8)),
                        ('worker', models.CharField(blank=True, max_length=80)),
                        ('lease_until', models.DateTimeField(null=True)),
                        ('started_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('result', models.JSONField(null=True)),
                        ('error', models.TextField(blank=True)),
                    ],
                    options={
                        'indexes': [models.Index(models.OrderBy(models.F('priority'), descending=True), models.F('due_at'), models.F('id'), condition=models.Q(('state', 'waiting')), name='job_due'), models.Index(condition=models.Q(('state', 'running')), fields=['lease_until'], name='job_lease'), models.Index(condition=models.Q(('state', 'dead')), fields=['finished_at'], name='job_dead')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'dead'])), name='job_state_known')],
                    },
                ),
                migrations.CreateModel(
                    name='OutboxMessage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=60)),
                        ('subject_id', models.BigIntegerField()),
                        ('posted_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField()),
                        ('done_at', models.DateTimeField(null=True)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('dead', models.BooleanField(default=False)),
                        ('error', models.TextField(blank=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('dead', False), ('done_at', None)), fields=['due_at'], name='outbox_due')],
                    },
                ),
                migrations.CreateModel(
                    name='SearchDocument',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=40)),
                        ('key', models.CharField(max_length=80)),
                        ('at', models.DateTimeField()),
                        ('packed', models.BinaryField(default=b'')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['kind', 'at'], name='search_document_at')],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='search_document_once')],
                    },
                ),
                migrations.CreateModel(
                    name='LedgerEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject_kind', models.CharField(max_length=80)),
                        ('subject_id', models.BigIntegerField()),
                        ('actor_name', models.CharField(max_length=200)),
                        ('step', models.CharField(max_length=60)),
                        ('at', models.DateTimeField()),
                        ('reason', models.TextField(blank=True)),
                        ('data', models.JSONField(default=dict)),
                        ('before', models.CharField(blank=True, max_length=64)),
                        ('digest', models.CharField(max_length=64)),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['subject_kind', 'subject_id', 'id'], name='core_ledger_subject_c6594f_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='SearchScope',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('scope', models.CharField(max_length=80)),
                        ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scopes', to='core.searchdocument')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('scope', 'document'), name='search_scope_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Sealed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=20)),
                        ('subject_id', models.BigIntegerField()),
                        ('sha256', models.CharField(db_index=True, max_length=64)),
                        ('facts', models.JSONField()),
                        ('stamp', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='things', to='core.stamp')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('kind', 'subject_id', 'stamp'), name='sealed_once')],
                    },
                ),
            ],
        ),
    ]
