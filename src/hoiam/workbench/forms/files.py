"""Pictures and files as they come in: made anew or refused in words, put into a folder of the person's own agencies."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from hoiam.core import pictures
from hoiam.core.errors import InvalidInput
from hoiam.core.filekinds import MIB, admitted

LARGEST_FILE = 25 * MIB
# Wide enough to cut a cover from.
WIDEST = 2400


class PictureFile(WagtailImageField):
    """A picture made anew on its way in, so that no place and no machine travels with it."""

    def to_python(self, data: Any) -> Any:
        """The picture to keep, or a sentence that says what to do."""
        if data is None or not hasattr(data, "content_type"):
            return super().to_python(data)
        return super().to_python(_remade(data))


def _remade(file: Any) -> SimpleUploadedFile:
    name = PurePath(str(file.name)).name
    try:
        if file.size > LARGEST_FILE:
            raise InvalidInput(
                f"Ảnh “{name}” lớn hơn {LARGEST_FILE // MIB} MB. Hãy thu nhỏ ảnh rồi tải lại."
            )
        file.seek(0)
        shown = pictures.remade(file.read(), name, widest=WIDEST)
    except InvalidInput as refusal:
        raise ValidationError(str(refusal)) from refusal
    ending = "png" if shown.kind == "image/png" else "jpg"
    return SimpleUploadedFile(f"{PurePath(name).stem}.{ending}", shown.data, shown.kind)


class PictureForm(BaseImageForm):
    """Tải ảnh lên."""

    file = PictureFile(label="Tệp ảnh", widget=BaseImageForm.Meta.widgets["file"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Tags are one list for all agencies.
        self.fields.pop("tags", None)
        if "description" in self.fields:
            self.fields["description"].label = "Ảnh cho thấy gì"
            self.fields["description"].help_text = "Một câu cho người không nhìn thấy ảnh."


class FileForm(BaseDocumentForm):
    """Tải tệp lên."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("tags", None)

    def clean_file(self) -> Any:
        """The file, known by its own bytes and not by its name."""
        file = self.cleaned_data["file"]
        if not hasattr(file, "content_type"):
            return file
        name = PurePath(str(file.name)).name
        if file.size > LARGEST_FILE:
            raise ValidationError(
                f"Tệp “{name}” lớn hơn {LARGEST_FILE // MIB} MB. Hãy chia nhỏ hoặc nén lại rồi tải lại."
            )
        file.seek(0)
        try:
            admitted(file.read(), name, office=True)
        except InvalidInput as refusal:
            raise ValidationError(str(refusal)) from refusal
        file.seek(0)
        return file
