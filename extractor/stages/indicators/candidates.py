"""Phrases: what a number counts (指标名称).

Comes in: the text left and right of a quantity within its clause. Goes out: the name as written, cut
at the right place, and its span where it stands in one piece. Refuses to invent: no words, no name.

Three shapes: name before (编发公报24期), verb before and noun after (聘用3名律师), noun after
(53个部门). The verb stays in the name, since 受理 and 办结 of the same thing are two indicators.
"""

from dataclasses import dataclass
from functools import lru_cache

import regex

from extractor.datamodel.span import Span
from extractor.text.tokens import Token, Tokens

_TIME = regex.compile(
    r"""
    ^(?: (?:截至|截止|至|自|从|到|在)? (?:(?:19|20)[0-9]{2}年?(?:度)?|本年度?|今年|去年|上年度?|当年|全年)
         (?:(?:1[0-2]|[1-9])月(?:份)?)?(?:[0-9]{1,2}日)?(?:底|末|初|以来|来|期间|内|度|前|起|止|,)*
       | (?:截至|截止|至|自)?(?:1[0-2]|[1-9])月(?:份)?(?:[0-9]{1,2}日)?(?:底|末|初|以来|止)?(?:之?前)?
       | (?:今|本|当|去|上)?年(?:底|末)(?:之?前)?
       | (?:“?十[一二三四五]五”?|疫情|报告|统计|换届|任期|专项行动|活动|汛|节假日|两会)(?:时期|期间|以来|期末|期内|期)
       | [^,。;]{1,12}(?:以来|期间)(?=[^的])
       | (?:这|前|过去|近)?[0-9一二三四五六七八九十]+年(?:来|间|中|多来)(?:分)?
       | (?:上|下)半年 | [一二三四1-4]季度 | 每(?:年|月|周|季度)
    )""",
    regex.VERBOSE | regex.V1,
)
_ADVERBIAL = regex.compile(
    r"^(?:通过|依托|利用|借助|按照|根据|依据|依照|对照|围绕|结合|聚焦|针对|随着|经|经过|采取|采用|运用|发挥|以)"
)
# 通过讲座、微信等方式开展培训: how it was done ends in one of these nouns
_BY_MEANS = regex.compile(
    r"^(?:通过|采取|采用|运用|利用|依托|借助|充分(?:利用|运用|发挥)|以)[^,。;]*(?:形式|方式|途径|渠道|载体|手段|模式|平台|媒体)(?:上|等)?(?=[一-龥]{2})"
)
# 全区共有调解组织12个: who has them is no part of the name
_HAVING = regex.compile(r"^[一-龥]{0,8}?(?:共有|现有)(?!产权)(?=[一-龥“]{2})")
_KEEP_ADVERBIAL = regex.compile(r"^(?:对|为|向|给|在|将|把|由|与)")
_SUBJECT_END = regex.compile(
    r"(?:镇|乡|区|县|市|省|局|办|所|厅|委|府|队|站|院|处|室|科|司|部|社|村|居|中心|平台|网站|部门|单位|街道|机关|党委|政府|公司|法庭|组|会|者|员|们|我们|各地|各级|全国|网格|窗口|大厅|系统|律师|法律顾问)$"
)
# 现行10%的税率: what is measured stands behind its value
_RATE_NOUN = regex.compile(
    r"^(?:一档|左右|以上)?的?(?=[一-龥])"
    r"((?:优惠|基准|征收|适用|年|月|日|实际|平均|名义)?(?:[一-龥]?[税利费汇]率|折扣|[一-龥]{0,4}比例|增速|股权|股份))(?![一-龥]*[率度])"
)
_IN_FORCE = regex.compile(r"(?:现行|原有|原来|目前|按照?|以|[、的])+$")
RATE_END = regex.compile(
    r"(?:率|度|比|比例|比重|占比|量|数|额|面积|收入|总值|指数|价值|年龄|系数|总额|资金|经费|预算|投资|得分|分数|人数|能力|规模|动力|水平|用户|粉丝|人口|寿命|距离|长度|里程)$"
)
# 9个村(社区), 7个县(市)区: a bracket inside the noun, that explains nothing of its number
OTHER_NAME = r"\((?:[市区县村居旗]|社区|街道|村居|居委会?|[村社]区?[、/](?:社区|居))\)"
# places that are worked on, and land as a kind of place: they do nothing themselves (棚户区改造, 城镇新增就业)
_NO_ACTOR = regex.compile(
    r"(?:城镇|乡镇|城乡|乡村|农村|城中村|空心村|(?:棚户|小|景|园|片|库|山|牧|林|矿|灾|旧|老|城|街|示范|开发|保护|试验)区)$"
    # 进村宣讲: 村 is where one goes
    r"|^(?:走?进|深?入|到|赴|下)[村居社区镇乡街道户、]+$"
)
# 行政许可(备案)事项, 党委(扩大)会议: a bracket in the middle of a noun; (其中…), (含…) speak of the number
INNER = (
    r"\((?!其中|[不]?含|包括|如|即|详|见|注|以下|以上|下同|截|具体)[一-龥、]{1,8}\)(?=[一-龥]{2})(?!共|累计|已|均|全部)"
)
_STOP_AFTER = regex.compile(
    rf"[,。;:!?\n]|(?!{OTHER_NAME}|{INNER})\(|(?<!\([一-龥、/]{{1,8}})\)|(?:已(?!故)|(?<![人平年户])均(?=[为已达按在实有能])|全部|都(?=[为已能有在])|可(?=以|在|供|直接)|能(?=够|在)|被(?![告征害])|将|应(?=当|于|由|按)|正在|尚未|尚|仍|由于|并且|从而|进行了|得到|通过了|占(?![道用地据])|同比|并(?![列存购发行轨联网案])|较|比上|(?<![高中同平对初均相])等(?=[^级候待])|的基础上|(?<!级)以[上下]|左右|地处|处(?=[^理置罚分方级室长]))"
)
# 14亿人口的发展中大国: 人口 itself is counted
# 从10年提高到12年, 由8处增至9处: where it led is no part of the name
_CHANGES_ON = regex.compile(r"(?:提[高升]|增加?|增长|上升|扩大|下?降|减少?|压[缩减]|缩短|调整|延长)[到至为]")
# 安排资金支持44个项目, 人口的饮水安全和用电445万人: what stands behind 和 belongs to the number that follows
_NEXT_ITEM = regex.compile(r"(?<=[一-龥]{2})(?:以及|[和与及])(?=[一-龥]{2,}$)")
_PEOPLE = regex.compile("人口(?=的)")
_CAUSED = regex.compile(r"^(?:使得?|让)(?![用命馆])(?=.{3})")
_RATE_VERB = regex.compile(r"^(?:.*(?:确保|实现|保持|保证|力争|做到|达到)|[把将])(?=.{2,}$)")
_LISTED = regex.compile(r"^[^,。;]*、[^,。;、]*等(?:[0-9一-龥]{0,2}(?:类|种|个|项))?(?=[一-龥]{2})")
_STRONG_END = regex.compile(r"(?:共|累计|共计|先后|总计|已|全年|年内)$")
# behind these the name begins, whatever stood before
_STRONG = regex.compile(r"(?:共|累计|共计|先后|总计|已|全年|年内)(?=[一-龥]{2})")
# 比重由2007年的1.4%提高到2012年的1.97%: where a change starts and ends is no part of the name
_START_OR_END = regex.compile(
    r"""(?:[从由自]|(?:提[高升]|增加|增长|上升|扩大|下降|减少|降低?|压[缩减]|缩短)?[到至](?=.*年))
        (?:(?:19|20)[0-9]{2}年|[0-9一二三四五六七八九十]+年前|上年|去年|年初|原来|原先|法定|规定|承诺|人均|每[人年月天户亩吨斤]|平均|的|末|底|初|同期)*$""",
    regex.VERBOSE,
)
# 经费支出五年累计7.79万亿元
_OVER_YEARS = regex.compile(r"(?<=[一-龥])[0-9一二三四五六七八九十]+年(?:来|间)?$")
# 甲收入和乙收入年均分别增长8.8%、9.9%: the change is said of each
CHANGED = regex.compile(
    r"(?:年均|同比|环比|比上年|较上年|比去年|平均|实际)*(?:增长|增加|提高|提升|上升|下降|减少|回落)$"
)
# 要新增120户, 拟安排50万元
# but 计划投资 and 预计总投资 are amounts of their own
_MEANT = regex.compile(r"^(?:必须|需要|要|拟|应|须|(?:计划|预计)(?!总?投资))(?=[一-龥]{2})")
# 提出经济增长8%左右, but 提出建议12条
_PROPOSED = regex.compile(r"^提出(?=.*(?:增长|涨幅|增幅|目标)$)")
_OBJECT_MARK = regex.compile(r"^(?:要|应|已)?[把将](?=[一-龥]{2})")
_LED_TO = regex.compile(r"(?:提|增|升|上升|扩|降|下降|减|压|缩|控制|保持|稳定|维持|定)[一-龥]?[到至在为]")
_TAIL_TRIM = regex.compile(
    r"(?:的|了|和|与|(?<![惠涉普波兼])及|以及|并|等|、|\ |在|(?<!用)于|共|其中|(?<![自理])由|从|继续|(?<![主需重纪必摘首概只紧扼])要)+$"
)
_PAIR = regex.compile(
    "(?:升级|维修|更新|提升)改造|(?:改造|优化)提升|新建改建|改建扩建|(?:清理|排查)整治|排查化解|修订完善"
)
_MANNER = frozenset(
    [
        "专题",
        "专项",
        "现场",
        "集中",
        "联合",
        "上门",
        "线上",
        "线下",
        "网上",
        "实地",
        "一线",
        "主动",
        "依法",
        "定期",
        "全程",
    ]
)
_LONGEST_WORD = 4
_NOUN_ENDS = ("类", "型", "性", "率", "的")
# 细分为七方面21个要点: how a thing is divided is no part of what is counted
_DIVISION = regex.compile(r"[0-9一二两三四五六七八九十]+(?:(?:个|大)?(?:方面|板块|部分|层面)|大[类项])$")
_FLOWS = frozenset(("支出", "收入", "产出", "投资", "消费"))
_ALL_OF = regex.compile("各(?:项|类|种|级|界|族|种类)")
# 及时化解, 和解, 与会 and 了解 begin words of their own
_HEAD_TRIM = regex.compile(
    r"^(?:的(?!士)|了(?![解结断])|、|\ |和(?![谐解睦平美善])|与(?!会|时俱进)|及(?![时早格第])|以及|—)+"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name: its text, the span of its part that stands in one piece, what was stripped.

    `verb` is the reporting verb it starts with; `tail` the words between name and number (达到, 分别).
    """

    text: str | None
    span: Span | None
    verb: str | None = None
    tail: str = ""
    after: Span | None = None


class Phrases:
    """Cuts names; holds the word lists."""

    def __init__(self, tokens: Tokens, verbs: tuple[str, ...], light: tuple[str, ...]) -> None:
        self._tokens = tokens
        self._verbs = frozenset(verbs)
        tails = [w[1:] for w in light if w.startswith(">")]
        heads = [w[1:] for w in light if w.startswith("<")]
        # 合格率保持 says how it stood
        self._tail = regex.compile("(?:" + _alternation(tails) + r"|(?<=[率度量值])保持|\ )+$")
        self._head = regex.compile("^(?:" + _alternation(heads) + r"|\ )+")

    def left(self, view: str, span: Span) -> Name:
        """The name in the text left of a number (`span`: from the boundary to the number)."""
        start, end = span
        changed = _START_OR_END.search(view[start:end])
        stop = start + changed.start() if changed else end
        tail = self._tail.search(view, start, stop)
        stop = self._word_end(view, start, tail.start(), stop) if tail else stop
        years = _OVER_YEARS.search(view[start:stop])
        stop = start + years.start() if years else stop
        tail_text = view[stop:end]
        divided = _DIVISION.search(view, start, stop)
        stop = divided.start() if divided else stop
        start = self._skip_head(view, start, stop)
        having = _HAVING.match(view[start:stop])
        start += having.end() if having else 0
        means = _BY_MEANS.match(view[start:stop])
        if means and self._starts_with_verb(view[start + means.end() : stop]):
            start += means.end()
        caused = _CAUSED.match(view[start:stop])
        start += caused.end() if caused else 0
        marked = _OBJECT_MARK.match(view[start:stop]) if changed or _LED_TO.match(tail_text) else None
        # 将办理时限由15日压缩至5日: 将 marks the object of the change
        start += marked.end() if marked else 0
        if start >= stop:
            return Name(None, None, tail=tail_text)
        start, verb = self._main_verb(view, Span(start, stop))
        found = _trimmed(view, Span(start, stop))
        if found is None:
            return Name(None, None, tail=tail_text)
        proposed = _PROPOSED.match(found.slice(view))
        found = Span(found.start + (proposed.end() if proposed else 0), found.end)
        meant = _MEANT.match(found.slice(view))
        words = found.slice(view)
        if meant and not self._inside_word(words, meant.end()) and self._starts_with_verb(words[meant.end() :]):
            found = Span(found.start + meant.end(), found.end)
        return Name(found.slice(view), found, verb, tail_text)

    def attributed(self, view: str, left: Name, behind: Span) -> str | None:
        """The name of a rate whose value stands before it: 将甲业现行10%的税率 → 甲业税率; None for other shapes."""
        noun = _RATE_NOUN.match(behind.slice(view))
        if noun is None:
            return None
        of = _OBJECT_MARK.sub("", _IN_FORCE.sub("", left.text or ""))
        return of + noun[1]

    def right(self, view: str, span: Span, *, before_number: bool) -> Span | None:
        """The noun phrase right behind a unit; None if the clause goes on otherwise.

        `before_number`: another number ends the stretch, so a verb at its end belongs to that one.
        """
        text = span.slice(view)
        stop = _STOP_AFTER.search(text)
        if stop:
            text = text[: stop.start()]
        if _CHANGES_ON.match(text):
            return None
        people = _PEOPLE.match(text)
        text = people[0] if people else text
        text = _HEAD_TRIM.sub("", text) if text.startswith("的") else text
        start = span.end - len(span.slice(view)) + (1 if span.slice(view).startswith("的") else 0)
        if not text or not ("一" <= text[0] <= "鿿" or text[0] in "“《A"):
            return None
        if before_number and not stop:
            text = self._until_verb(text)
        return _trimmed(view, Span(start, start + len(text)))

    def _skip_head(self, view: str, start: int, stop: int) -> int:
        while True:
            moved = start
            for pattern in (self._head, _TIME):
                found = None if _ALL_OF.match(view, start) else pattern.match(view[start:stop])
                if found and pattern is self._head and self._inside_word(view[start:stop], found.end()):
                    break
                if found and found.end() < stop - start:
                    start += found.end()
                elif found and found.end() == stop - start and pattern is _TIME:
                    return stop
            if start == moved:
                return start

    def _inside_word(self, text: str, at: int) -> bool:
        """即办件, 现场宣传, 设置展板: the light word 即, 现, 设 only begins a longer one."""
        return any(word.start < at < word.end for word in self._tokens.cut(text[: at + 4]))

    def _word_end(self, view: str, start: int, at: int, end: int) -> int:
        """Where the word ends that a light word would cut: 审核通过, 节约 and 违法行为 do not end in 过, 约 and 为."""
        first = max(start, at - _LONGEST_WORD)
        for word in self._tokens.cut(view[first : min(end, at + _LONGEST_WORD)]):
            # 比达 of 占比达 is a name at best
            if first + word.start < at < first + word.end and word.tag[:2] not in ("x", "nr", "ns", "nt", "nz"):
                return first + word.end
        return at

    def _main_verb(self, view: str, span: Span) -> tuple[int, str | None]:
        """Where the name starts: at the reporting verb, unless it belongs to a noun phrase."""
        text = span.slice(view)
        strong = [found for found in _STRONG.finditer(text) if not self._inside_word(text, found.end())]
        offset = 0
        if strong and not _KEEP_ADVERBIAL.match(text):
            at = strong[-1].end()
            # 收购价累计提高41%: without what rises the rise says nothing
            if CHANGED.fullmatch(text, at) and not _SUBJECT_END.search(text[: strong[-1].start()]):
                at = 0
            if at == len(text) or (self._starts_with_verb(text[at:]) and not self._is_noun_cut(text, at)):
                offset = at
        words = self._tokens.cut(text[offset:])
        # the 录入 of 录入率 is no verb
        if words and words[0].text in self._verbs and not (len(words) > 1 and words[1].text in _NOUN_ENDS):
            # 升级改造 is one act
            pair = _PAIR.match(text, offset)
            return span.start + offset, pair[0] if pair else words[0].text
        if RATE_END.search(text) and not _ADVERBIAL.match(text):
            # A、B、C等器材占比: what is measured stands behind 等; 确保完好率: behind the verb
            cut = _LISTED.match(text) or (_RATE_VERB.match(text) if text.endswith("率") else None)
            return span.start + max(offset, cut.end() if cut else 0), None
        if _KEEP_ADVERBIAL.match(text[offset:]):
            return span.start + offset, None
        for index, word in enumerate(words):
            if word.text not in self._verbs:
                continue
            prefix = text[offset : offset + word.start]
            following = words[index + 1].text if index + 1 < len(words) else ""
            if following in _NOUN_ENDS:
                continue
            if self._is_adverbial(prefix, words[:index]):
                return span.start + offset + word.start, word.text
        return span.start + offset, None

    def _is_adverbial(self, prefix: str, words: list[Token]) -> bool:
        while len(words) > 2 and words[-1].tag[:1] in "dba":
            words = words[:-1]
        if _ADVERBIAL.match(prefix):
            # 通过网站发布…: the phrase ends in a noun; 围绕推进… would end in the verb of the phrase
            return words[-1].tag[:1] in "nxl”》" or words[-1].text in "”》中上下等" or len(words) > 2
        if _SUBJECT_END.search(prefix):
            return not _NO_ACTOR.search(prefix)
        return all(word.tag[:1] in "dtzc" for word in words)

    def _is_noun_cut(self, text: str, at: int) -> bool:
        """中央财政“三农”累计支出: the one word behind 累计 is no verb of an actor, but what is measured."""
        words, before = self._tokens.cut(text[at:]), _STRONG_END.sub("", text[:at])
        return len(words) == 1 and words[0].text in _FLOWS and len(before) > 1 and not _SUBJECT_END.search(before)

    def _starts_with_verb(self, text: str) -> bool:
        words = self._tokens.cut(text)
        return bool(words) and (words[0].text in self._verbs or words[0].tag.startswith("v"))

    def _until_verb(self, text: str) -> str:
        """Up to the verb that opens the next number's name: 律师 of 律师参与案件, 部门 of 部门共."""
        words = self._tokens.cut(text)
        for index, word in enumerate(words[1:], 1):
            if word.text in self._verbs and words[index - 1].tag[:1] not in "dp":
                words = words[:index]
                break
        while len(words) > 1 and (words[-1].tag[:1] in ("p", "d", "c", "u") or words[-1].text in ("共", "累计", "达")):
            words.pop()
        # 资金支持44个项目: a verb right before the number governs it
        if len(words) > 1 and words[-1].end == len(text) and words[-1].tag in ("v", "vd"):
            words.pop()
        text = text[: words[-1].end] if words else text
        item = _NEXT_ITEM.search(text)
        return text[: item.start()] if item and not self._holds_verb(text[item.end() :]) else text

    def _holds_verb(self, text: str) -> bool:
        """Also for a verb that has become a noun: 设施及电表箱改造 has one head for both."""
        words = self._tokens.cut(text)
        return any(word.text in self._verbs or (word.tag in ("v", "vn", "l") and len(word.text) > 1) for word in words)

    def is_verb(self, text: str) -> bool:
        """True if the text is a verb, or verbs alone (组建升级)."""
        if text in self._verbs:
            return True
        words = self._tokens.cut(text)
        if not words or not (words[0].text in self._verbs or words[0].tag[:1] in ("v", "d", "p")):
            return False
        # 调解成功: a verb with its result
        return all(word.text in self._verbs or word.tag[:1] in ("v", "d", "p", "a") for word in words)

    def opens_with_verb(self, text: str) -> bool:
        """True if the first word is a verb: 解除矫正, but not 规范性文件."""
        words = self._tokens.cut(text)
        return bool(words) and (words[0].text in self._verbs or words[0].tag == "v")

    def is_act(self, text: str) -> bool:
        """True for a verb behind the word that says how or where (专题研究法治工作), and for an adverb with a verb
        (当场解答, 联合执法): it needs no other verb."""
        words = self._tokens.cut(text)
        if len(words) > 2 and words[0].text in _MANNER and words[1].tag in ("v", "vn"):
            return True
        return len(words) > 1 and words[-1].tag == "v" and words[-2].tag[:1] in ("d", "v", "s")

    def ends_with_verb(self, text: str) -> bool:
        """True if the last word is a verb that still waits for its object (平台接入)."""
        words = self._tokens.cut(text)
        return bool(words) and (words[-1].text in self._verbs or words[-1].tag in ("v", "vn", "vd"))


def _trimmed(view: str, span: Span) -> Span | None:
    text = span.slice(view)
    head, tail = _HEAD_TRIM.search(text), _TAIL_TRIM.search(text)
    start = span.start + (head.end() if head else 0)
    end = span.end - (len(text) - tail.start() if tail else 0)
    return Span(start, end) if start < end else None


@lru_cache(maxsize=8)
def _join(words: tuple[str, ...]) -> str:
    return "|".join(map(regex.escape, sorted(words, key=lambda word: (-len(word), word))))


def _alternation(words: list[str]) -> str:
    return _join(tuple(words))
