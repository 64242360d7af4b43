# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who states which version in a checkout: constants, settings, images. This is a private part of the collection."""

from __future__ import annotations

import posixpath
import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import parse
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Place, Tree, find

_LONGEST_LINE = 1000
_REFERENCE = re.compile(r"\$\{\w+(?::?-(?P<default>[^${}]*))?\}|\$\w+")


@dataclass(frozen=True)
class Stated:
    """One statement: the version without a leading v, where it stands, and of what."""

    version: str
    at: str
    of: str


@dataclass
class Versions:
    """The statements of a checkout, and what could not be read."""

    stated: list[Stated] = field(default_factory=list)
    problems: list[LookError] = field(default_factory=list)


def plain(version: str) -> str:
    """Return *version* without the v that tags have."""
    return re.sub(r"^[vV](?=\d)", "", version.strip())


def read_versions(folder: Folder, options: dict[str, t.Any]) -> Versions:
    """Read every declared source, and the tags of our own images."""
    found = Versions()
    for source in options["versions"]:
        try:
            found.stated += _of_source(folder, source, options["max_bytes"])
        except LookError as exc:
            found.problems.append(exc)
    _read_images(folder, options, found)
    return found


def _of_source(folder: Folder, source: dict[str, t.Any], most: int) -> list[Stated]:
    files = folder.matches(source["file"])
    found = [one for file in files for one in _of_file(folder.read(file, most), file, source)]
    if not found and not source["optional"]:
        where = "states no version" if files else "is not there"
        raise LookError(Reason.NO_DATA, f"{source['file']} {where}")
    return found


def _of_file(content: bytes, file: str, source: dict[str, t.Any]) -> list[Stated]:
    if source["path"]:
        return [
            Stated(plain(str(one.value)), f"{file}:{one.line or 1}", source["path"])
            for tree in parse(content, file)
            for one in find(tree, source["path"])
            if one.value is not None
        ]
    pattern = _compiled(source["pattern"])
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        match = pattern.search(line[:_LONGEST_LINE])
        if match:
            return [Stated(plain(match[1]), f"{file}:{number}", "the version")]
    return []


def _compiled(pattern: str) -> t.Pattern[str]:
    try:
        compiled = re.compile(pattern)
    except re.error as exc:
        raise LookError(Reason.MALFORMED, f"{pattern!r} is no regular expression: {exc}") from exc
    if not compiled.groups:
        raise LookError(Reason.MALFORMED, f"{pattern!r} has no group for the version")
    return compiled


@dataclass(frozen=True)
class _Image:
    name: str
    tag: str | None
    file: str
    line: int

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


def _read_images(folder: Folder, options: dict[str, t.Any], found: Versions) -> None:
    own = re.compile(options["own_images"])
    images: list[_Image] = []
    replaced: dict[str, list[_Image]] = {}
    built: dict[str, set[str]] = {}
    for pattern in options["images"]:
        try:
            for file in folder.matches(pattern):
                for tree in parse(folder.read(file, options["max_bytes"]), file):
                    images += _images(tree, file)
                    built.update(_resources(tree, file))
                    for old, image in _replacements(tree, file):
                        replaced.setdefault(old, []).append(image)
        except LookError as exc:
            found.problems.append(exc)
    images = [one for one in images if one.name not in replaced and _is_built(one.file, built)]
    images += [image for group in replaced.values() for image in group]
    found.stated += [
        Stated(plain(one.tag), one.place, f"the image {one.name.rsplit('/', 1)[-1]}")
        for one in images
        if one.tag is not None and own.search(one.name)
    ]


def _images(tree: Tree, file: str) -> t.Iterator[_Image]:
    """Every value of a key ``image``: a text, or, as in values of Helm, a repository and a tag."""
    stack: list[tuple[t.Any, Place]] = [(tree.data, ())]
    while stack:
        value, place = stack.pop()
        if isinstance(value, list):
            stack += [(one, (*place, number)) for number, one in reversed(list(enumerate(value)))]
        elif isinstance(value, dict):
            stack += [(one, (*place, key)) for key, one in reversed(list(value.items()))]
            image = value.get("image")
            line = tree.lines.get((*place, "image"), 1)
            if isinstance(image, str):
                yield _split(image, file, line)
            elif isinstance(image, dict) and image.get("repository"):
                line = tree.lines.get((*place, "image", "tag"), line)
                yield _Image(str(image["repository"]), _text(image.get("tag")), file, line)


def _text(value: t.Any) -> str | None:
    return None if value in (None, "") else str(value)


def _split(image: str, file: str, line: int) -> _Image:
    """Take name and tag of an image. A digest states no version; what the environment brings is not known here."""
    image = _REFERENCE.sub(lambda found: found["default"] or "$", image)
    name, digest = (image.partition("@")[0], "@" in image)
    head, colon, tag = name.rpartition(":")
    if not colon or "/" in tag:
        return _Image(name, None if digest else "latest", file, line)
    return _Image(head, None if "$" in tag else tag, file, line)


def _is_kustomization(file: str) -> bool:
    return file.rsplit("/", 1)[-1].lower() in ("kustomization.yaml", "kustomization.yml")


def _resources(tree: Tree, file: str) -> dict[str, set[str]]:
    """The files that a kustomization builds, by its folder. What lies beside them is deployed by nobody."""
    listed = tree.data.get("resources") if isinstance(tree.data, dict) else None
    if not _is_kustomization(file) or not isinstance(listed, list):
        return {}
    folder = file.rpartition("/")[0]
    return {folder: {file} | {posixpath.normpath(posixpath.join(folder, str(one))) for one in listed}}


def _is_built(file: str, built: dict[str, set[str]]) -> bool:
    folder = file.rpartition("/")[0]
    every = set().union(*built.values()) if built else set()
    return folder not in built or file in every


def _replacements(tree: Tree, file: str) -> t.Iterator[tuple[str, _Image]]:
    """The images of a kustomization: the name in the manifests, and what stands there in its place."""
    images = tree.data.get("images") if isinstance(tree.data, dict) else None
    if not _is_kustomization(file) or not isinstance(images, list):
        return
    for number, entry in enumerate(images):
        if isinstance(entry, dict) and (entry.get("newTag") or entry.get("digest")):
            line = tree.lines.get(("images", number, "newTag"), tree.lines.get(("images", number), 1))
            new = _Image(str(entry.get("newName") or entry.get("name")), _text(entry.get("newTag")), file, line)
            yield str(entry.get("name")), new
