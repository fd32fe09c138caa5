"""Pieces of the demonstration: written, given back, taken in, printed; one asked for, questions to a unit; all fictional."""

import io
from datetime import datetime

from PIL import Image, ImageDraw

from hoiam.agencies.actions import SentFile
from hoiam.agencies.models import Agency, Official
from hoiam.config.demo.cooperation import ActorOf
from hoiam.config.demo.moments import Now
from hoiam.config.demo.playing import Queue
from hoiam.newsroom import actions
from hoiam.newsroom.actions import PictureWords, Question, Text, Wish
from hoiam.newsroom.models import Section, Submission

BRIDGE = "Một ngày ở bến sông: chi trả tiền thi hành án tận nhà"
LINES = (
    "Sáng sớm, bến sông còn sương. Chị Sim gói tập phiếu chi trong túi vải, bước lên chuyến đò đầu.",
    "Ở ấp bên kia sông, bảy hộ dân chờ nhận tiền. Đường bộ phải vòng hơn ba mươi cây số, nên hai năm nay phòng đi đò.",
    "“Đi một buổi, bảy nhà khỏi phải nghỉ làm”, chị nói.",
)
SHORT = "Lịch tiếp công dân tháng tới của Phòng khu vực 2"


def picture() -> bytes:
    """A drawn river with a boat: nobody's photograph."""
    sheet = Image.new("RGB", (960, 600), "#cfe3ee")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((0, 330, 960, 600), fill="#6f9fb5")
    pen.polygon([(330, 380), (640, 380), (590, 450), (380, 450)], fill="#6b4a2f")
    pen.ellipse((700, 60, 800, 160), fill="#f2d98b")
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=80)
    return out.getvalue()


class WritingPlay:
    """What the contributor of region 2 and the editor of the province did, as events."""

    def __init__(
        self, clock: Now, agencies: dict[str, Agency], people: dict[str, Official], actor: ActorOf
    ) -> None:
        self.clock, self.actor, self.people = clock, actor, people
        self.region = agencies["phong-thads-kv2-thanh-giang"]
        self.province = agencies["thads-thanh-giang"]

    def schedule(self, queue: Queue) -> None:
        """Every step as an event."""
        before = self.clock.before
        queue.add(before("20d 08:40"), self.printed)
        queue.add(before("6d 09:10"), self.accepted)
        queue.add(before("5d 15:20"), self.returned)
        queue.add(before("2d 10:05"), self.sent)
        queue.add(before("1d 08:30"), self.draft)
        queue.add(before("4d 14:00"), self.ask)

    def _write(self, at: datetime, text: Text) -> Submission:
        writer = self.actor("ctv-kv2", at)
        return actions.begin_submission(self.region, text, actor=writer, now=at)

    def _send(self, at: datetime, text: Text) -> Submission:
        return actions.send_submission(self._write(at, text), actor=self.actor("ctv-kv2", at), now=at)  # fmt: skip

    def printed(self, at: datetime) -> None:
        """A piece a paper printed."""
        piece = self._send(at, Text("Ba lần gặp, một lời hẹn", "Chuyện vận động ở xã Lúa Vàng.", "\n".join(LINES), theme=2))  # fmt: skip
        editor = self.actor("bien-tap", at)
        piece = actions.accept_submission(piece, actor=editor, now=at)
        actions.print_elsewhere(
            piece, actor=editor, now=at, printed_in="Báo Sông Thanh điện tử",
            printed_on=self.clock.days_ago(20), printed_url="https://songthanh.example/ctv/ba-lan-gap",
        )  # fmt: skip

    def accepted(self, at: datetime) -> None:
        """A piece with a picture, taken in: material for the workbench; a question about it was answered."""
        writer, editor = self.actor("ctv-kv2", at), self.actor("bien-tap", at)
        section = Section.objects.get(slug="tu-thuc-tien")
        piece = self._write(at, Text(BRIDGE, "Hai năm nay, tiền thi hành án đi đò đến tận nhà.", theme=3, section=section))  # fmt: skip
        shot = actions.add_picture(piece, SentFile("ben-song.jpg", picture()), actor=writer, now=at)
        body = f'<p>{LINES[0]}</p><p><img src="/anh/{shot.blob}.jpg"></p><p>{LINES[1]}</p><p>{LINES[2]}</p>'
        text = Text(BRIDGE, piece.lead, body, theme=3, section=section)
        piece = actions.write_submission(piece, text, actor=writer, now=at)
        words = PictureWords("Con đò nhỏ giữa sông lúc sáng sớm", "Chuyến đò đầu ngày", "Đào Thị Sim (hình vẽ)")  # fmt: skip
        piece = actions.describe_pictures(piece, {shot.pk: words}, actor=writer, now=at)
        piece = actions.send_submission(piece, actor=writer, now=at)
        asked = Question(f"submission:{piece.pk}", BRIDGE, LINES[1], "Bảy hộ hay tám hộ, phòng đi đò từ năm nào?")  # fmt: skip
        check = actions.ask_fact_check(self.province, self.region, asked, actor=editor, now=at)
        actions.answer_fact_check(
            check, actor=self.actor("truong-kv2", at), now=at, verdict="partly",
            answer="Bảy hộ là đúng. Phòng đi đò từ tháng 3 năm trước.",
        )  # fmt: skip
        actions.accept_submission(piece, actor=editor, now=at)

    def returned(self, at: datetime) -> None:
        """A piece given back with what to mend."""
        piece = self._send(at, Text("Học sinh Đồng Sen hỏi, chấp hành viên trả lời", "", "\n".join(LINES[:2]), theme=1))  # fmt: skip
        actions.return_submission(
            piece, actor=self.actor("bien-tap", at), now=at,
            reason="Ghi rõ ngày, trường nào; thêm một ảnh không lộ mặt học sinh.",
        )  # fmt: skip

    def sent(self, at: datetime) -> None:
        """A piece that waits, and an open question about it."""
        piece = self._send(at, Text(SHORT, "", "Thứ Hai và thứ Năm hằng tuần, tại trụ sở phòng.", theme=5))  # fmt: skip
        asked = Question(f"submission:{piece.pk}", SHORT, "Thứ Hai và thứ Năm hằng tuần, tại trụ sở phòng.", "Lịch này đã được trưởng phòng duyệt chưa?")  # fmt: skip
        actions.ask_fact_check(self.province, self.region, asked, actor=self.actor("bien-tap", at), now=at)  # fmt: skip

    def draft(self, at: datetime) -> None:
        """A piece still being written."""
        self._write(at, Text("Chuyện người giữ kho vật chứng", "", LINES[0]))

    def ask(self, at: datetime) -> None:
        """Pieces asked of the contributor and of somebody outside."""
        editor, due = self.actor("bien-tap", at), self.clock.days_ago(-9)
        wish = Wish("Ba mươi năm một nghề", due, "Kể chuyện người, không nêu tên đương sự.", 900, 4)
        actions.ask_for_piece(self.province, wish, actor=editor, now=at, official=self.people["ctv-kv2"])  # fmt: skip
        outside = Wish(
            "Thi hành án dân sự và lòng tin của dân", due, "Bài của chuyên gia.", 1200, 1
        )
        actions.ask_for_piece(
            self.province, outside, actor=editor, now=at,
            name="Phan Thị Luật (hư cấu)", email="luat@nangha.example",
        )  # fmt: skip
