"""An archive of any size: `python corpora/generator/generate.py FOLDER REPORTS [--seed S] [--jobs N]`.

Comes in: a number of files. Goes out: FOLDER/reports with a folder per county and year, some of them packed, and
FOLDER/divisions.csv (code, name, parent). Places, people and words are made up; the same seed gives the same bytes.
A township reports ten years; of a hundred files some two are broken or foreign and one is a copy of another.
"""

import argparse
import csv
import shutil
import zipfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

from formats import FORMATS, broken
from words import Place, report

YEARS = range(2015, 2025)
_PER_COUNTY = 12
_FIRST = "青柳石望云南溪梅竹松鹤鹿雁枫桂兰荷榆槐桐杏橙茶麦稻秋春清永安宁和丰泰祥瑞福昌盛嘉"
_SECOND = "禾溪桥江岭浦塘坪湾洲山林泉渡店集堡营庄畈源港岗埠圩墩湖滩垭坡"
_PACKED_EVERY = 7


def places(reports: int, seed: str) -> list[Place]:
    """As many townships as the reports of ten years need, by county."""
    count = -(-reports // len(YEARS))
    found = []
    for at in range(count):
        county, township = divmod(at, _PER_COUNTY)
        random = Random(f"{seed}/county/{county}")
        head = _FIRST[county % len(_FIRST)] + _SECOND[county // len(_FIRST) % len(_SECOND)]
        names = random.sample([a + b for a in _FIRST for b in _SECOND], _PER_COUNTY)
        kind = ("街道", "镇", "镇", "乡")[township % 4]
        code = f"99{county // 99 % 99 + 1:02}{county % 99 + 1:02}"
        name = names[township]
        found.append(Place(f"{code}{township + 1:03}", name + kind, f"{head}县", code, head[0] + name[0], head[0]))
    return found


def write_divisions(folder: Path, found: list[Place]) -> None:
    """The table for --divisions."""
    rows = {"99": ("云泽省", "")}
    for place in found:
        city = place.county_code[:4]
        rows.setdefault(city, (f"{_FIRST[int(city[2:]) % len(_FIRST)]}川市", "99"))
        rows.setdefault(place.county_code, (place.county, city))
        rows[place.code] = (place.name, place.county_code)
    with (folder / "divisions.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("code", "name", "parent"))
        writer.writerows((code, *rows[code]) for code in sorted(rows, key=lambda code: (len(code), code)))


def files_of(place: Place, years: range, seed: str) -> list[tuple[str, bytes]]:
    """Path and bytes of the files of a township."""
    found = []
    for year in years:
        random = Random(f"{seed}/{place.code}/{year}/file")
        parts = report(place, year, seed)
        suffix, _, make = FORMATS[random.choices(list(FORMATS), [weight for _, weight, _ in FORMATS.values()])[0]]
        name, data = f"{place.name}{year}年法治政府建设报告", make(parts)
        fate = random.random()
        if fate < 0.02:
            suffix, data = broken(random, data)
        elif fate < 0.03 and found:
            # a copy of last year's file under another name
            name, data = f"{name}（副本）", found[-1][1]
            suffix = Path(found[-1][0]).suffix
        elif fate < 0.1:
            name = f"{random.randrange(10**8):08}"
        found.append((f"{place.county_code}{place.county}/{year}/{name}{suffix}", data))
    return found


def write_county(folder: Path, seed: str, county: list[tuple[Place, range]]) -> int:
    """Write the files of a county; every seventh county lies packed. The number of files."""
    files = [file for place, years in county for file in files_of(place, years, seed)]
    head = Path(files[0][0]).parts[0]
    if int(county[0][0].county_code) % _PACKED_EVERY == 0:
        with zipfile.ZipFile(folder / f"{head}.zip", "w", zipfile.ZIP_DEFLATED) as packed:
            for path, data in files:
                name = zipfile.ZipInfo(path.partition("/")[2], (1980, 1, 1, 0, 0, 0))
                packed.writestr(name, data, zipfile.ZIP_DEFLATED)
        return len(files)
    for path, data in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return len(files)


def generate(folder: Path, reports: int, seed: str = "govreport", jobs: int = 1) -> int:
    """Write the archive anew; the number of files."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "reports").mkdir(parents=True)
    found = places(reports, seed)
    write_divisions(folder, found)
    counties: dict[str, list[tuple[Place, range]]] = {}
    left = reports
    for place in found:
        years = YEARS[: min(len(YEARS), left)]
        left -= len(years)
        counties.setdefault(place.county_code, []).append((place, years))
    work = partial(write_county, folder / "reports", seed)
    if jobs == 1:
        return sum(map(work, counties.values()))
    with ProcessPoolExecutor(jobs) as pool:
        return sum(pool.map(work, counties.values()))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("reports", type=int)
    parser.add_argument("--seed", default="govreport")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    print(f"{generate(options.folder, options.reports, options.seed, options.jobs)} files in {options.folder}/reports")


if __name__ == "__main__":
    main()
