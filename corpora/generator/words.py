"""The words of a generated report: sentences in our own words, filled with numbers of a place and year.

Comes in: a place, a year and a random generator that belongs to both. Goes out: paragraphs, a table among them as
a list of rows. What a place promises for a year it keeps or breaks in the next; paragraphs that a county hands out
stand word for word in the reports of its townships; a place copies from its own report of the year before.
"""

from dataclasses import dataclass
from random import Random

Part = str | list[list[str]]
_NUMERALS = "一二三四五六七八九十"
_FIELDS = ("安全生产", "生态环境", "市场秩序", "城乡建设", "农业农村", "文化旅游", "应急管理", "道路交通")
_WEAK = (
    "基层执法人员数量偏少，下放的权限接得住、用得好的办法还不多",
    "普法宣传形式较为单一，对外出务工群众的覆盖不够",
    "个别村居调解员年纪偏大，调解台账记录不够规范",
    "部分站所对合法性审查的认识有偏差，送审时间过紧",
    "执法装备更新慢，记录仪的使用率不高",
    "跨部门联合检查的衔接还不顺畅，重复上门的情况时有发生",
    "法律顾问参与决策前期论证的次数偏少",
    "信息公开栏目更新不够及时，图解材料偏少",
)
_HANDED_OUT = (
    "坚持把学习贯彻习近平法治思想作为首要政治任务，纳入理论学习中心组的必学内容和干部教育培训的必修课程，推动学习成果转化为治理实效。",
    "严格落实行政执法公示、执法全过程记录和重大执法决定法制审核制度，做到执法有依据、过程有记录、结果有公开。",
    "依托综治中心整合调解、信访、法律服务力量，对群众诉求实行一窗受理、分流转办、跟踪回访，把矛盾化解在萌芽状态。",
    "把党的领导贯穿法治建设全过程，定期听取工作汇报，研究解决重点难点问题，做到重要工作亲自部署、重要环节亲自协调。",
    "全面推行证明事项告知承诺制，凡是没有法律法规依据的证明一律取消，让群众少跑腿、好办事。",
    "落实谁执法谁普法的责任，围绕国家安全日、民法典宣传月和宪法宣传周开展集中宣传，营造尊法学法守法用法的氛围。",
)
_OPENERS = ("在{above}的坚强领导下，", "对照{above}下达的任务，", "围绕{above}确定的目标，")
_VERBS = ("开展", "组织", "举办")


@dataclass(frozen=True, slots=True)
class Place:
    """A township of the generated archive: names and codes of itself and of what is above it."""

    code: str
    name: str
    county: str
    county_code: str
    short: str
    county_short: str

    @property
    def body(self) -> str:
        """Who reports."""
        return f"{self.name}办事处" if self.name.endswith("街道") else f"{self.name}人民政府"


def title(place: Place, year: int, random: Random) -> str:
    """The heading line of the report."""
    kind = random.choice(
        ("法治政府建设年度报告", "法治政府建设情况报告", "法治政府建设工作总结", "推进依法行政工作报告")
    )
    return f"{place.body}{year}年{kind}"


def report(place: Place, year: int, seed: str) -> list[Part]:
    """Paragraphs of the report on the year, the title first."""
    random = Random(f"{seed}/{place.code}/{year}")
    # what a county hands out is the same for its townships, what a place repeats the same for its years
    county = Random(f"{seed}/{place.county_code}/{year}")
    habit = Random(f"{seed}/{place.code}")
    parts: list[Part] = [title(place, year, random), _opening(place, year, random)]
    blocks = [_work(place, year, random, county, habit), _weak(year, random), _plan(place, year + 1, seed)]
    names = (f"{year}年工作开展情况", "存在的问题和不足", f"{year + 1}年工作安排")
    for at, (name, block) in enumerate(zip(names, blocks, strict=True)):
        parts += [f"{_NUMERALS[at]}、{name}", *block]
    parts += [place.body, f"{year + 1}年{random.randint(1, 3)}月{random.randint(1, 28)}日"]
    return parts


def promises(place: Place, year: int, seed: str) -> list[tuple[str, int, str]]:
    """What the place promises for the year: thing, number, unit."""
    random = Random(f"{seed}/{place.code}/{year}/promises")
    things = [
        ("法治宣传活动", random.randint(20, 60), "场次"),
        ("执法人员培训", random.randint(3, 12), "期"),
        ("村级调解工作室", random.randint(2, 9), "个"),
        ("行政执法案卷评查", random.randint(2, 6), "次"),
        ("法律明白人", random.randint(30, 150), "名"),
    ]
    random.shuffle(things)
    return things[: random.randint(3, 5)]


def _opening(place: Place, year: int, random: Random) -> str:
    above = random.choice((f"{place.county}委、{place.county}政府", f"{place.county}政府"))
    number, half = random.randint(2, 60), random.random() < 0.2
    mark = f"[{year}]" if half else f"〔{year}〕"
    return (
        f"{year}年，{place.name}{random.choice(_OPENERS).format(above=above)}深入实施《法治政府建设实施纲要（2021-2025年）》，"
        f"认真落实《{place.county}{year}年法治政府建设工作要点》（{place.county_short}政发{mark}{number % 9 + 1}号），"
        "法治建设各项工作稳步推进。现将有关情况报告如下。"
    )


def _work(place: Place, year: int, random: Random, county: Random, habit: Random) -> list[Part]:
    order = ["责任", "政务", "执法", "纠纷", "普法", "文件"]
    habit.shuffle(order)
    makers = {
        "责任": _duty, "政务": _service, "执法": _enforcement, "纠纷": _disputes, "普法": _teaching, "文件": _papers,
    }  # fmt: skip
    parts: list[Part] = []
    shared = county.sample(_HANDED_OUT, 4)
    for at, name in enumerate(order[: random.randint(4, 6)]):
        heading, text = makers[name](place, year, random)
        if random.random() < 0.5:
            parts += [f"（{_NUMERALS[at]}）{heading}", text]
        else:
            parts.append(f"（{_NUMERALS[at]}）{heading}。{text}")
        if at < len(shared) and random.random() < 0.6:
            parts.append(shared[at])
    if random.random() < 0.35:
        parts.append(_table(year, random))
    parts += _answers(place, year, random)
    return parts


def _duty(place: Place, year: int, random: Random) -> tuple[str, str]:
    text = (
        f"调整依法治理领导小组，由主要负责人任组长。全年召开专题会议{random.randint(2, 9)}次，听取依法治理工作汇报"
        f"{random.randint(1, 5)}次，组织理论学习中心组集体学法{random.randint(3, 8)}次，参学{random.randint(40, 400)}余人次。"
        f"网上学法参考率{random.randint(95, 100)}%，优秀率为{random.randint(700, 999) / 10}%。"
    )
    return random.choice(("压实领导责任，健全工作机制", "加强组织领导，凝聚工作合力")), text


def _service(place: Place, year: int, random: Random) -> tuple[str, str]:
    total = random.randint(120, 900)
    now = random.randint(30, total - 20)
    calls = random.randint(300, 9000)
    text = (
        f"便民服务大厅可办理事项共{total}项，其中即办件{now}项。全年受理各类办件{random.randint(80, 900) / 100}万件，"
        f"按时办结率{random.randint(970, 1000) / 10}%。接到12345热线工单{calls:,}件，群众满意率达{random.randint(900, 999) / 10}%。"
        f"依照《中华人民共和国政府信息公开条例》主动公开政府信息{random.randint(60, 700)}条，受理依申请公开{random.randint(0, 12)}件。"
    )
    return random.choice(("优化政务服务，提升办事效率", "深化放管服改革，改善营商环境")), text


def _enforcement(place: Place, year: int, random: Random) -> tuple[str, str]:
    fields = random.sample(_FIELDS, 3)
    counts = [random.randint(5, 90) for _ in fields]
    told = sum(counts) + (random.choice((3, 7, 10)) if random.random() < 0.04 else 0)
    parts = "、".join(f"{name}{count}件" for name, count in zip(fields, counts, strict=True))
    text = (
        f"综合行政执法队现有持证执法人员{random.randint(6, 30)}名。全年{random.choice(_VERBS)}执法检查{random.randint(90, 900)}余次，"
        f"办理行政处罚案件{told}件，其中{parts}；罚没款合计{random.randint(20, 900) / 10}万元。"
        f"按照《中华人民共和国行政处罚法》修订自由裁量标准，提出整改意见{random.randint(20, 300)}条，整改率{random.randint(90, 100)}%。"
    )
    return random.choice(("规范行政执法，维护公平公正", "严格规范公正文明执法")), text


def _disputes(place: Place, year: int, random: Random) -> tuple[str, str]:
    met = random.randint(60, 700)
    solved = met - random.randint(0, 9)
    rate = round(100 * solved / met, 1)
    text = (
        f"健全镇村组三级调解网络，全年调处矛盾纠纷{met}起，调解成功{solved}起，成功率{rate}%，涉及金额约{random.randint(50, 3000)}万元。"
        f"{random.choice(('同比', '比上年'))}{random.choice(('增长', '下降'))}{random.randint(1, 300) / 10}%。"
        f"接待来信来访{random.randint(20, 400)}批{random.randint(50, 900)}人次，办理法律援助案件{random.randint(2, 60)}件，"
        "未发生因调处不当引起的群体性事件。"
    )
    return random.choice(("化解矛盾纠纷，促进和谐稳定", "坚持源头治理，推动纠纷多元化解")), text


def _teaching(place: Place, year: int, random: Random) -> tuple[str, str]:
    text = (
        f"利用集市、广场和{random.choice(('12·4国家宪法日', '民法典宣传月', '3·15消费者权益日'))}等节点，"
        f"{random.choice(_VERBS)}法治宣传活动{random.randint(12, 80)}场次，发放宣传资料{random.randint(10, 300) / 10}万份、"
        f"普法读本近{random.randint(3, 40) * 100}册，推送短视频{random.randint(10, 90)}条，累计播放量超{random.randint(2, 90)}万。"
        f"培养法律明白人{random.randint(20, 200)}名，新创建民主法治示范村{random.randint(1, 5)}个。"
    )
    return random.choice(("加强普法宣传，营造法治氛围", "深化法治宣传教育")), text


def _papers(place: Place, year: int, random: Random) -> tuple[str, str]:
    kept, changed, gone = random.randint(5, 40), random.randint(1, 9), random.randint(1, 12)
    number = random.randint(3, 80)
    field = random.choice(_FIELDS)
    text = (
        f"印发《{place.name}{field}专项工作实施方案》（{place.short}政发〔{year}〕{number}号），"
        f"清理规范性文件{kept + changed + gone}件，其中保留{kept}件、修改{changed}件、废止{gone}件。"
        f"审查合同和重大决策事项{random.randint(10, 160)}件，提出法律意见{random.randint(15, 300)}条，"
        f"聘请{random.randint(1, 3)}家律师事务所担任法律顾问。"
        f"对照《{place.county}行政规范性文件管理办法》（{place.county_short}政办发〔{year - year % 4}〕{year % 4 + 11}号）备案{random.randint(1, 9)}件。"
    )
    return random.choice(("强化合法性审查，提升决策质量", "加强文件管理，规范决策程序")), text


def _table(year: int, random: Random) -> list[list[str]]:
    rows = [["项目", f"{year - 1}年", f"{year}年"]]
    for name, unit in (
        ("调处矛盾纠纷", "起"),
        ("办理法律援助案件", "件"),
        ("开展法治宣传活动", "场次"),
        ("审查合同", "份"),
    ):
        rows.append([f"{name}（{unit}）", str(random.randint(5, 400)), str(random.randint(5, 400))])
    return rows


def _answers(place: Place, year: int, random: Random) -> list[Part]:
    """What became of last year's promises: most are kept, some missed, some not spoken of."""
    told = []
    for thing, number, unit in promises(place, year, "promises"):
        fate = random.random()
        if fate < 0.6:
            told.append(f"完成{thing}{number + random.randint(0, 8)}{unit}")
        elif fate < 0.8:
            told.append(f"{thing}仅完成{max(1, number - random.randint(1, 8))}{unit}")
    return ["上年确定的事项落实情况：" + "；".join(told) + "。"] if told else []


def _weak(year: int, random: Random) -> list[Part]:
    found = random.sample(_WEAK, random.randint(2, 4))
    if random.random() < 0.5:
        return ["".join(f"{_NUMERALS[at]}是{words}。" for at, words in enumerate(found))]
    return [f"{at}.{words}。" for at, words in enumerate(found, 1)]


def _plan(place: Place, year: int, seed: str) -> list[Part]:
    random = Random(f"{seed}/{place.code}/{year}/plan")
    parts: list[Part] = []
    for at, (thing, number, unit) in enumerate(promises(place, year, "promises")):
        lead = random.choice(("进一步健全工作机制，", f"{random.randint(3, 11)}月底前", "持续用力，", ""))
        verb = random.choice(("完成", "确保完成", "计划完成"))
        parts.append(f"（{_NUMERALS[at]}）{lead}{verb}{thing}不少于{number}{unit}，推动各项任务落地见效。")
    parts.append(f"力争到{year}年底群众对法治建设的满意度达到{random.randint(90, 99)}%以上。")
    return parts
