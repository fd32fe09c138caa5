import django.db.models.deletion
import hoiam.core.creating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_whole'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('handling', '0001_whole'),
    ]

    operations = [
        hoiam.core.creating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='ExplanationRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('question', models.TextField(verbose_name='nội dung yêu cầu')),
                        ('due_on', models.DateField(verbose_name='hạn giải trình')),
                        ('state', models.CharField(choices=[('asked', 'Chờ giải trình'), ('answered', 'Đã giải trình, chờ xem'), ('accepted', 'Đã chấp nhận'), ('withdrawn', 'Đã rút yêu cầu')], default='asked', max_length=10)),
                        ('asked_at', models.DateTimeField()),
                        ('answer', models.TextField(blank=True, verbose_name='giải trình')),
                        ('measures', models.TextField(blank=True, verbose_name='biện pháp khắc phục')),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('remark', models.TextField(blank=True, verbose_name='ý kiến của cấp trên')),
                        ('settled_at', models.DateTimeField(null=True)),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='agencies.agency')),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_by_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                        ('clock', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='handling.clock')),
                    ],
                    options={
                        'ordering': ['-asked_at', '-id'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'answered'])), fields=('clock',), name='one_open_explanation_a_clock'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'answered', 'accepted', 'withdrawn'])), name='explanation_state')],
                    },
                ),
                migrations.CreateModel(
                    name='IndicatorReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='năm báo cáo')),
                        ('state', models.CharField(choices=[('draft', 'Đang lập'), ('submitted', 'Chờ lãnh đạo duyệt'), ('approved', 'Đã duyệt, đã gửi cấp trên'), ('accepted', 'Cấp trên đã nhận')], default='draft', max_length=10)),
                        ('figures', models.JSONField(default=dict)),
                        ('units', models.JSONField(default=list)),
                        ('counted_at', models.DateTimeField()),
                        ('difficulties', models.TextField(blank=True, verbose_name='khó khăn, vướng mắc')),
                        ('proposals', models.TextField(blank=True, verbose_name='đề xuất, kiến nghị')),
                        ('submitted_at', models.DateTimeField(null=True)),
                        ('approved_at', models.DateTimeField(null=True)),
                        ('accepted_at', models.DateTimeField(null=True)),
                        ('returned_why', models.TextField(blank=True, verbose_name='lý do trả lại')),
                        ('blob', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 của tệp Word đã gửi')),
                        ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicator_reports', to='agencies.agency')),
                        ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-year', 'agency__sort_key'],
                        'constraints': [models.UniqueConstraint(fields=('agency', 'year'), name='indicator_report_once_a_year'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'approved', 'accepted'])), name='indicator_report_state'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('written_by')), _negated=True), _connector='OR'), name='indicator_report_four_eyes')],
                    },
                ),
                migrations.CreateModel(
                    name='Reminder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('text', models.TextField(blank=True, verbose_name='lời nhắc')),
                        ('late_count', models.PositiveIntegerField(verbose_name='số việc quá hạn lúc nhắc')),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='agencies.agency')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                        'constraints': [models.UniqueConstraint(fields=('agency', 'day', 'by'), name='reminder_once_a_day'), models.UniqueConstraint(condition=models.Q(('by', None)), fields=('agency', 'day'), name='own_reminder_once_a_day')],
                    },
                ),
            ],
        ),
    ]
