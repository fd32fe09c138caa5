import django.db.models.deletion
import hoiam.core.creating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('agencies', '0001_initial'),
        ('agencies', '0002_spokespersons'),
        ('agencies', '0003_letterhead'),
        ('agencies', '0004_press_bodies'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        hoiam.core.creating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Official',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('username', models.CharField(max_length=60, unique=True, verbose_name='tên đăng nhập')),
                        ('full_name', models.CharField(max_length=120, verbose_name='họ và tên')),
                        ('sort_key', models.CharField(blank=True, max_length=250)),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='thư điện tử')),
                        ('phone', models.CharField(blank=True, max_length=30, verbose_name='số điện thoại')),
                        ('is_active', models.BooleanField(default=True, verbose_name='đang dùng')),
                        ('shortcuts', models.BooleanField(default=True, verbose_name='phím tắt')),
                    ],
                    options={
                        'ordering': ['sort_key', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Agency',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=80, unique=True, verbose_name='mã')),
                        ('name', models.CharField(max_length=200, verbose_name='tên ngắn')),
                        ('full_name', models.CharField(max_length=250, verbose_name='tên đầy đủ')),
                        ('sort_key', models.CharField(blank=True, max_length=400)),
                        ('level', models.CharField(choices=[('centre', 'Trung ương'), ('province', 'Tỉnh, thành phố'), ('district', 'Huyện (đến 30/6/2025)'), ('region', 'Khu vực (từ 01/7/2025)'), ('military', 'Quân khu (ngoài Hệ thống)')], max_length=10, verbose_name='cấp')),
                        ('province_code', models.CharField(blank=True, max_length=4, verbose_name='mã tỉnh hiện nay')),
                        ('province', models.CharField(blank=True, max_length=60, verbose_name='tỉnh, thành phố thời đó')),
                        ('valid_from', models.DateField(blank=True, null=True, verbose_name='hiệu lực từ')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='hiệu lực đến')),
                        ('districts', models.JSONField(blank=True, default=list, verbose_name='địa bàn (tên huyện cũ, xã)')),
                        ('seat', models.CharField(blank=True, max_length=80, verbose_name='địa danh ghi trên văn bản')),
                        ('symbol', models.CharField(blank=True, max_length=40, verbose_name='ký hiệu cơ quan trong số văn bản')),
                        ('governing', models.CharField(blank=True, max_length=250, verbose_name='dòng cơ quan chủ quản')),
                        ('contact', models.CharField(blank=True, max_length=250, verbose_name='địa chỉ ở chân trang đầu')),
                        ('marks_drafter', models.BooleanField(default=False, verbose_name='ghi ký hiệu người soạn')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='thư điện tử nhận cảnh báo')),
                        ('fictional', models.BooleanField(default=False, verbose_name='hư cấu, chỉ để tập huấn')),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='agencies.agency')),
                    ],
                    options={
                        'ordering': ['sort_key', 'id'],
                        'indexes': [models.Index(fields=['level', 'province_code'], name='agencies_ag_level_d25b5a_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['centre', 'province', 'district', 'region', 'military'])), name='agency_level'), models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='agency_dates')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=30)),
                        ('file_name', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('dry_run', models.BooleanField(default=False)),
                        ('rows', models.PositiveIntegerField(default=0)),
                        ('taken', models.PositiveIntegerField(default=0)),
                        ('problems', models.JSONField(default=list)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='OfficialAccount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('platform', models.CharField(choices=[('website', 'Cổng, trang thông tin điện tử'), ('facebook', 'Facebook'), ('zalo', 'Zalo'), ('youtube', 'YouTube'), ('tiktok', 'TikTok'), ('other', 'Nơi khác')], max_length=12, verbose_name='nền tảng')),
                        ('name', models.CharField(max_length=150, verbose_name='tên trang, tài khoản')),
                        ('url', models.URLField(max_length=1000, verbose_name='địa chỉ')),
                        ('since', models.DateField(verbose_name='công bố từ ngày')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='ngừng dùng từ ngày')),
                        ('saved_at', models.DateTimeField()),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='agencies.agency')),
                        ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['platform', 'name', 'id'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('agency', 'url'), name='account_once'), models.CheckConstraint(condition=models.Q(('platform__in', ['website', 'facebook', 'zalo', 'youtube', 'tiktok', 'other'])), name='account_platform')],
                    },
                ),
                migrations.CreateModel(
                    name='Post',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[('head', 'Thủ trưởng'), ('deputy', 'Cấp phó'), ('chief_of_office', 'Chánh Văn phòng'), ('spokesperson', 'Người phát ngôn thường xuyên'), ('authorised_spokesperson', 'Người được ủy quyền phát ngôn'), ('focal_point', 'Đầu mối truyền thông'), ('head_of_region', 'Trưởng phòng THADS khu vực'), ('enforcement_officer', 'Chấp hành viên'), ('examiner', 'Thẩm tra viên, thư ký'), ('contributor', 'Cộng tác viên'), ('editor', 'Biên tập'), ('records_clerk', 'Văn thư'), ('administrator', 'Quản trị')], max_length=30, verbose_name='vai trò')),
                        ('title', models.CharField(blank=True, max_length=120, verbose_name='chức vụ')),
                        ('valid_from', models.DateField(verbose_name='từ ngày')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                        ('matter', models.CharField(blank=True, max_length=250, verbose_name='vụ việc được ủy quyền')),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='agencies.agency')),
                        ('official', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['valid_from', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['head', 'deputy', 'chief_of_office', 'spokesperson', 'authorised_spokesperson', 'focal_point', 'head_of_region', 'enforcement_officer', 'examiner', 'contributor', 'editor', 'records_clerk', 'administrator'])), name='post_role')],
                    },
                ),
                migrations.CreateModel(
                    name='PressAgency',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200, unique=True, verbose_name='tên cơ quan báo chí')),
                        ('sort_key', models.CharField(blank=True, max_length=400)),
                        ('owner', models.CharField(blank=True, max_length=200, verbose_name='cơ quan chủ quản')),
                        ('press_authority', models.CharField(blank=True, max_length=200, verbose_name='cơ quan quản lý nhà nước về báo chí')),
                        ('owner_address', models.CharField(blank=True, max_length=250, verbose_name='địa chỉ cơ quan chủ quản')),
                        ('press_authority_address', models.CharField(blank=True, max_length=250, verbose_name='địa chỉ cơ quan quản lý nhà nước về báo chí')),
                        ('province_code', models.CharField(blank=True, max_length=4, verbose_name='mã tỉnh (báo địa phương)')),
                        ('address', models.CharField(blank=True, max_length=250, verbose_name='địa chỉ')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='thư điện tử tòa soạn')),
                        ('phone', models.CharField(blank=True, max_length=60, verbose_name='điện thoại')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='hoạt động đến')),
                        ('fictional', models.BooleanField(default=False, verbose_name='hư cấu, chỉ để tập huấn')),
                        ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='agencies.pressagency')),
                    ],
                    options={
                        'ordering': ['sort_key', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Channel',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200, verbose_name='tên sản phẩm, kênh')),
                        ('media_type', models.CharField(choices=[('online', 'Báo điện tử'), ('network_channel', 'Kênh nội dung trên không gian mạng'), ('daily_print', 'Báo in ngày'), ('weekly_print', 'Báo in tuần'), ('magazine', 'Tạp chí in'), ('radio', 'Phát thanh'), ('television', 'Truyền hình'), ('aggregator', 'Trang thông tin điện tử tổng hợp'), ('social', 'Mạng xã hội')], max_length=20, verbose_name='loại hình')),
                        ('host', models.CharField(blank=True, db_index=True, max_length=200, verbose_name='tên miền hoặc địa chỉ trang')),
                        ('period_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='kỳ xuất bản (ngày)')),
                        ('correction_url', models.URLField(blank=True, max_length=500, verbose_name='địa chỉ chuyên mục cải chính, xin lỗi')),
                        ('press_agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channels', to='agencies.pressagency')),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('media_type__in', ['online', 'network_channel', 'daily_print', 'weekly_print', 'magazine', 'radio', 'television', 'aggregator', 'social'])), name='channel_media_type')],
                    },
                ),
                migrations.CreateModel(
                    name='Publication',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('card', models.JSONField(default=dict, verbose_name='phải thấy trên trang')),
                        ('rule', models.CharField(blank=True, max_length=12)),
                        ('source', models.CharField(blank=True, max_length=120, verbose_name='căn cứ')),
                        ('started_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField(null=True)),
                        ('state', models.CharField(choices=[('open', 'Chưa kiểm tra'), ('found', 'Máy thấy đủ trên trang công khai'), ('by_hand', 'Công chức xác nhận, kèm đường dẫn'), ('dropped', 'Không còn phải công khai')], default='open', max_length=10)),
                        ('published_at', models.DateTimeField(null=True, verbose_name='công khai lúc')),
                        ('url', models.URLField(blank=True, max_length=1000, verbose_name='trang công khai')),
                        ('reason', models.TextField(blank=True)),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='agencies.agency')),
                        ('spokesperson', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='publication', to='agencies.spokesperson')),
                    ],
                    options={
                        'ordering': ['due_at', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'found', 'by_hand', 'dropped'])), name='publication_state'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['found', 'by_hand']), _negated=True), models.Q(('published_at', None), _negated=True), _connector='OR'), name='publication_closed_when_published')],
                    },
                ),
                migrations.CreateModel(
                    name='PublicationCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('url', models.URLField(blank=True, max_length=1000)),
                        ('found', models.JSONField(default=list)),
                        ('missing', models.JSONField(default=list)),
                        ('fault', models.TextField(blank=True, verbose_name='vì sao không đọc được')),
                        ('blob', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 của bản chụp')),
                        ('payload_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 của trang')),
                        ('note', models.TextField(blank=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='agencies.publication')),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Reporter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('full_name', models.CharField(max_length=120, verbose_name='họ và tên')),
                        ('sort_key', models.CharField(blank=True, max_length=250)),
                        ('phone', models.CharField(blank=True, max_length=60, verbose_name='số điện thoại')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='thư điện tử')),
                        ('note', models.CharField(blank=True, max_length=250, verbose_name='ghi chú')),
                        ('press_agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reporters', to='agencies.pressagency')),
                    ],
                    options={
                        'ordering': ['sort_key', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Spokesperson',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('head', 'Người đứng đầu'), ('permanent', 'Người phát ngôn thường xuyên')], max_length=12, verbose_name='loại')),
                        ('title', models.CharField(max_length=120, verbose_name='chức vụ')),
                        ('phone', models.CharField(max_length=30, verbose_name='số điện thoại')),
                        ('email', models.EmailField(max_length=254, verbose_name='thư điện tử công vụ')),
                        ('decision', models.CharField(blank=True, max_length=80, verbose_name='quyết định số')),
                        ('decided_at', models.DateTimeField(verbose_name='thời điểm ký quyết định')),
                        ('signer', models.CharField(blank=True, max_length=120, verbose_name='người ký')),
                        ('decision_blob', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 của tệp quyết định')),
                        ('decision_name', models.CharField(blank=True, max_length=200)),
                        ('valid_from', models.DateField(verbose_name='từ ngày')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                        ('reason', models.TextField(blank=True, verbose_name='vì sao giao ở cấp này')),
                        ('is_listed', models.BooleanField(default=True, verbose_name='đưa lên danh sách công khai')),
                        ('appointed_at', models.DateTimeField()),
                        ('end_reason', models.TextField(blank=True, verbose_name='lý do kết thúc')),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('changed_at', models.DateTimeField(verbose_name='thẻ đổi lần cuối')),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spokespersons', to='agencies.agency')),
                        ('appointed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL)),
                        ('post', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='appointment', to='agencies.post')),
                    ],
                    options={
                        'ordering': ['kind', 'valid_from', 'id'],
                        'indexes': [models.Index(fields=['agency', 'valid_from'], name='agencies_sp_agency__7c3007_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['head', 'permanent'])), name='spokesperson_kind'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='spokesperson_dates'), models.CheckConstraint(condition=models.Q(('ended_at', None), models.Q(('end_reason', ''), _negated=True), _connector='OR'), name='spokesperson_ended_with_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Succession',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('since', models.DateField(verbose_name='từ ngày')),
                        ('uncertain', models.BooleanField(default=False, verbose_name='chưa rõ Phòng')),
                        ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='successions', to='agencies.agency')),
                        ('successor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='predecessions', to='agencies.agency')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_once')],
                    },
                ),
            ],
        ),
    ]
