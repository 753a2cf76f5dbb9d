"""Judgement: does a quantity measure something, and if not, what is its numeral?

Comes in: a Quantity with its surroundings. Goes out: NumeralClass.INDICATOR, or the class that the
ledger shows. Refuses to guess: what fits no rule is UNEXPLAINED and is counted as such.
"""

from functools import lru_cache

import regex

from extractor.datamodel.vocabulary import Approximation, Dimension, NumeralClass
from extractor.stages.quantities.quantities import Quantity
from extractor.text.numerals import CHINESE
from extractor.text.tokens import Token, Tokens

_DURATION_CUE = regex.compile(
    r"(?:时限|年限|延长|提高到|压缩|压减|缩短|提速|平均|工期|学时|课时|用时|耗时|时长|时间|周期|累计|办理|达|超|减少|减至|寿命|年龄|工作日为)[^,。;:]{0,12}$"
)
# 审批由20天压缩为3天
_STARTS_FROM = regex.compile(r"[由从自](?:原来?|法定|规定|承诺|平均)?的?[^,。;:由从0-9]{0,4}$")
_LEADS_TO = regex.compile(
    r"^,?(?:进一步|大幅|再|统一|整体)?(?:压缩|压减|缩短|缩减|减少|减|降低?|延长|提速|提高|增加|调整)[到至为]"
)
_DURATION_TAIL = regex.compile(r"^(?:的?(?:学习|培训|课程|学时|课时|志愿|服务时))")
_DEADLINE_TAIL = regex.compile(r"^(?:以内|之内|内|前|之前|后|之后|起)")
_SINCE = regex.compile(r"(?:近|最近|过去|未来|今后|前|后|连续|历时|为期|这|头|每|满|第)(?:的)?\ ?$")
_EVERY = regex.compile(r"每(?:隔|个|一|满)?\ ?$")
_SCORE_CUE = regex.compile(
    r"(?:得|评|总|均|积|满|扣|加|减|考核|测评|评价|成绩|分数|指数|综合|排名|平均|达|为)[^,。;]{0,10}$"
)
_AGE_CUE = regex.compile(r"(?:年龄|寿命)[^,。;]{0,6}$")
_WORD_END = regex.compile(r"[一-龥]{2}$")
_NOUN_END = regex.compile(r"[一-龥”]{2}$")
_BARE_CUE = regex.compile(
    r"(?:达到?|为|超过?|至|到|率|值|系数|指数|[总数人户产储流销存]量|人数|数|户数|总额|突破|共|计|累计|[于是])\ ?$"
)
_BARE_TAIL = regex.compile(r"^(?:以内|以下|以上|左右|上下)")
# 12345热线, 110接警, 8890诉求: a number that is called
_CALLED = regex.compile(r"(?:1[12][0-9]|1[0-9]{4}|[1-9]0?[0-9]{3})$")
_SCOPE_BEFORE = regex.compile(r"(?:[全各辖][国省市州县区乡镇街村域市县]|辖区|共|计|各)$")
_LATIN_BEFORE = regex.compile(r"[A-Za-z]$")
_YEAR = regex.compile(r"(?:19|20)[0-9]{2}$")
_THRESHOLD = regex.compile(r"^的?[一-龥“《]")
_THRESHOLD_HEAD = regex.compile(r"(?:达到?|为|占|完成|实现|率|超过|增长|提高到?|至)\ ?$")
_STRUCTURE = regex.compile(
    r"^(?:大|重|项|个|种|条|类|方面|层)?(?:方面|原则|环节|层面|层次|维度|阶段|步骤|意识|自信|维护|坚持|转变|统一|结合|确保|必须|不得|不能|不|关系|问题|重点|难点|要求|任务|特点|优势|抓手|关键|体系|机制|渠道|路径|举措|措施|目标|途径|方向|到位|同步|融合|覆盖|清单|制度|模式|工程|行动|战略|文明|角度|领域|手段|方法|办法|思维|大局|积极性|能力|意识|理念|本领|作风|字|时期|关口|底线|红线|支柱|平台|载体|强化|聚焦|突出|注重|增强|提升|加强|推进|协同|联动|责任)"
)
# 满意度超过全县87%的乡镇: a place among others
_RANKED = regex.compile(
    r"(?:分数?|排名|名次|成绩|指数|水平|满意度|[数量额率度比速值])(?:均|已)?(?:优于|领先|高于|好于|超过|超|大于)(?:了|全[国省市县区镇])?$"
)
_OTHERS = regex.compile(
    r"^(?:以上)?的(?:全[国省市县区]|同类|其他|兄弟|参评|同级)*(?:乡镇街道|乡镇|镇街|街道|县[市区]?|市县|区县|单位|部门|地区|城市|村|社区)(?:[和、](?:乡镇|街道|社区|单位|部门))?(?=[,。;\n)]|$)"
)
# 6个方面 divides the work into parts, it measures none of it
# and 4个“必须” is a catchword, but 4个“说事”调解室 are rooms
_DIVIDED = regex.compile(
    r"^大?(?:方面|部分(?=组成|构成|内容|$|[^一-龥])|板块|篇章|环节|层面|层次|维度|阶段|步骤|原则|关键词|“(?![^”]{1,12}”[一-龥]{2}))"
)
# 6大工作体系
_GREAT = regex.compile(r"^大(?:[一-龥]{2}|[类项])")
# without a measure word a Chinese numeral before one of these is shorthand: 三严, 四化, 双随机
_SHORTHAND = regex.compile(
    r"^(?:大|重|级|清|严|化|好|不|为|并|合一|心|力|到|转|带|进|维|全|新|公|率|比|看|问|查|想|干|无|有|多|高|低|快|是|张网|位一体|方)"
)
# 十九届历次全会 counts from the first; 连续举办五届 counts how many
_HELD = regex.compile(r"(?:举办|举行|召开|开展|承办|连续|历经|共|累计|成功)(?:了|过)?[^,。;0-9]{0,2}$")
_MEASURED_NOUN = regex.compile(r"^(?:[^,。;:、\n]{1,16})")
_HAN_AHEAD = regex.compile("[一-龥]{2,10}")
_HAN_BEFORE = regex.compile("[一-龥]{1,10}$")
_LONGEST_LABEL = 16
# of the line of a page number, which may stand in its middle
_WIDEST_MARGIN = 200
_SENTENCE_ENDS = ("。", ";", "!", "?", ":")
# 每半年听取一次汇报,召开一次会议: how often, for all the acts that are said together
_HOW_OFTEN = regex.compile(r"每(?:个|逢)?(?:半年|年|季度?|月|周|星期|旬|两?个?月|天|日)[^。;\n]{0,30}$")
_CLAUSE = regex.compile(r"[,。;:!?\n]")
_ONE_AT_END = regex.compile(r"^(?:以上|左右)?(?:[,。;、)\n]|$)")
# one of several things that are counted, each with its measure word: 一个饮片厂、一个仓储企业
# 一起 and 一次 are adverbs
_ONE_UNITS = "个家所座处名支条栋幢项台辆件份宗例"
_ONE_ITEM = regex.compile(rf"^[一-龥]{{2,12}}(?:、|和|及|,)[一二两三四五六七八九十0-9]+[{_ONE_UNITS}]")
_ONE_BEFORE = regex.compile(rf"[一二两三四五六七八九十0-9][{_ONE_UNITS}][一-龥]{{2,12}}(?:、|和|及)$")


def judge(view: str, quantity: Quantity, tokens: Tokens) -> NumeralClass:
    """The class of the quantity's numeral; INDICATOR if it measures something."""
    left = view[max(0, quantity.span.start - 40) : quantity.span.start]
    right = view[quantity.span.end : quantity.span.end + 24]
    if _EVERY.search(left) and quantity.dimension is not Dimension.RATIO:
        return NumeralClass.FREQUENCY
    if quantity.chinese and quantity.dimension is not Dimension.RATIO:
        verdict = _chinese(view, quantity, left, right, tokens)
        if verdict is not NumeralClass.INDICATOR:
            return verdict
    if quantity.unit is None:
        return _bare(view, quantity, left, right, tokens)
    if quantity.dimension is Dimension.DURATION:
        return _duration(quantity, left, right)
    if (
        quantity.dimension is Dimension.RATIO
        and _RANKED.search(view[max(0, quantity.core.start - 24) : quantity.core.start])
        and _OTHERS.match(right)
    ):
        return NumeralClass.ORDINAL
    if quantity.dimension is Dimension.COUNT and _DIVIDED.match(right):
        return NumeralClass.SLOGAN
    if quantity.base == "分" and not _SCORE_CUE.search(left):
        return NumeralClass.UNEXPLAINED
    if quantity.base == "岁" and not _AGE_CUE.search(left):
        return NumeralClass.THRESHOLD
    if _is_threshold(view, quantity, left, right):
        return NumeralClass.THRESHOLD
    return NumeralClass.INDICATOR


def _bare(view: str, quantity: Quantity, left: str, right: str, tokens: Tokens) -> NumeralClass:
    written = quantity.numeral.slice(view)
    scaled = any(char in "万亿" for char in written)
    if _YEAR.match(written) and not scaled:
        return NumeralClass.DATE
    if len(written) <= 3 and _is_page(view, quantity, written):
        return NumeralClass.PAGE
    if scaled or quantity.approx is not Approximation.EXACT or "." in written:
        return NumeralClass.INDICATOR
    if _GREAT.match(right):
        return NumeralClass.SLOGAN
    if not _LATIN_BEFORE.search(left) and _counts_noun(written, left, right, tokens):
        return NumeralClass.INDICATOR
    if _BARE_CUE.search(left) or (quantity.low is not None and _BARE_TAIL.search(right)):
        return NumeralClass.INDICATOR
    return NumeralClass.UNEXPLAINED


def _is_page(view: str, quantity: Quantity, written: str) -> bool:
    """A number alone on its line, behind a line of text; behind a short label it may be the cell of a lost table."""
    first, last = max(0, quantity.span.start - _WIDEST_MARGIN), quantity.span.end + _WIDEST_MARGIN
    line_start = view.rfind("\n", first, quantity.span.start) + 1 or first
    line_end = view.find("\n", quantity.span.end, last)
    line = view[line_start : line_end if line_end >= 0 else last].strip(" -—·第页/")
    if line != written:
        return False
    before = view[max(0, line_start - 200) : line_start].rstrip().rsplit("\n", 1)[-1]
    return len(before) > _LONGEST_LABEL or before.endswith(_SENTENCE_ENDS)


def _counts_noun(written: str, left: str, right: str, tokens: Tokens) -> bool:
    """引进12项目, 走访3000家庭, 全县12乡镇: a noun right behind, a verb or a place right before; no measure word."""
    ahead, before = _HAN_AHEAD.match(right), _HAN_BEFORE.search(left)
    if ahead is None or before is None or _CALLED.match(written):
        return False
    first, last = _cut(tokens, ahead[0])[0], _cut(tokens, before[0])[-1]
    if not first.tag.startswith("n") or len(first.text) < 2:
        return False
    return last.tag.startswith(("v", "d", "ul")) or bool(_SCOPE_BEFORE.search(left))


def _duration(quantity: Quantity, left: str, right: str) -> NumeralClass:
    if quantity.base in ("学时", "课时"):
        return NumeralClass.INDICATOR
    if _STARTS_FROM.search(left) and _LEADS_TO.search(right):
        return NumeralClass.INDICATOR
    if _SINCE.search(left) or left.endswith("近") or (quantity.approx is Approximation.UNDER and right[:1] in "来,"):
        return NumeralClass.DURATION
    if _DURATION_CUE.search(left) or _DURATION_TAIL.search(right):
        return NumeralClass.INDICATOR
    if _DEADLINE_TAIL.search(right) or quantity.approx is Approximation.AT_MOST:
        return NumeralClass.DEADLINE
    return NumeralClass.DURATION


def _is_threshold(view: str, quantity: Quantity, left: str, right: str) -> bool:
    """300平方米以上的场所: a limit that picks out things, measured of none of them."""
    if quantity.approx not in (Approximation.AT_LEAST, Approximation.AT_MOST):
        return False
    if quantity.dimension is Dimension.RATIO or quantity.span.end == quantity.core.end:
        return False
    if _THRESHOLD_HEAD.search(left) or quantity.dimension is Dimension.COUNT:
        return False
    return bool(_THRESHOLD.search(right))


def _chinese(view: str, quantity: Quantity, left: str, right: str, tokens: Tokens) -> NumeralClass:
    # 三点五 is a number, whatever the dictionary makes of 点五个
    # and near a hundred persons are counted, whatever it makes of 百人
    near = quantity.is_step(view) and quantity.unit is not None and quantity.approx is not Approximation.EXACT
    if not near and "点" not in quantity.numeral.slice(view) and _inside_word(view, quantity, tokens):
        return NumeralClass.IDIOM
    if quantity.numeral.length == 1 and quantity.value >= 100 and quantity.approx is Approximation.EXACT:
        # 万家忧乐, 千名干部进百村: round figures of speech
        return NumeralClass.SLOGAN
    if quantity.unit is None:
        if quantity.value >= 10 and quantity.numeral.slice(view)[-1] in "万亿":
            return NumeralClass.INDICATOR
        if _STRUCTURE.match(right) or _SHORTHAND.match(right):
            return NumeralClass.SLOGAN
        return NumeralClass.UNEXPLAINED
    if quantity.dimension is Dimension.DURATION:
        return _duration(quantity, left, right)
    if quantity.base == "届" and not _HELD.search(left):
        return NumeralClass.ORDINAL
    if quantity.value == 1 and quantity.approx is Approximation.EXACT:
        if quantity.base in ("次", "场", "期") and _HOW_OFTEN.search(left):
            return NumeralClass.FREQUENCY
        if (quantity.unit_text(view) or "") not in tuple(_ONE_UNITS):
            return NumeralClass.IDIOM
        alone = _ONE_AT_END.match(right) and _WORD_END.search(left)
        listed = _ONE_ITEM.match(right) or (_ONE_BEFORE.search(left) and right[:1] > "一")
        if alone and (_repeated(view, quantity) or _ends_in_verb(tokens, left)):
            return NumeralClass.IDIOM
        return NumeralClass.INDICATOR if alone or listed else NumeralClass.IDIOM
    if _STRUCTURE.match(right):
        return NumeralClass.SLOGAN
    if _MEASURED_NOUN.match(right) or _NOUN_END.search(left):
        return NumeralClass.INDICATOR
    return NumeralClass.UNEXPLAINED


def _inside_word(view: str, quantity: Quantity, tokens: Tokens) -> bool:
    """True if the numeral is a part of a longer word that is no number and unit (统一, 百姓)."""
    start, end = max(0, quantity.numeral.start - 4), quantity.numeral.end + 5
    line_start = view.rfind("\n", 0, quantity.numeral.start) + 1
    start = max(start, line_start)
    at = quantity.numeral.start - start
    stop = quantity.numeral.end - start
    unit_end = quantity.core.end - start
    for token in _cut(tokens, view[start:end].split("\n")[0]):
        if token.start < stop and token.end > at:
            before = token.start < at
            behind = token.end > unit_end
            if before and token.end == unit_end and quantity.dimension is Dimension.DURATION:
                # 今明两年
                continue
            # 一些 and 一系列 are words, 三千五百 is a numeral that jieba took whole
            if (before or behind) and not all(char in CHINESE + "余多几来" for char in token.text):
                return True
    return False


def _repeated(view: str, quantity: Quantity) -> bool:
    """发现问题一起、查处一起: one by one, not one."""
    numeral = quantity.core.slice(view)
    return (
        numeral in view[max(0, quantity.core.start - 8) : quantity.core.start]
        or numeral in (view[quantity.core.end : quantity.core.end + 8])
    )


def _ends_in_verb(tokens: Tokens, left: str) -> bool:
    """及时整改一处: the number measures none; but 收到信息公开申请一件, where a verb has its object before."""
    words = _cut(tokens, _CLAUSE.split(left)[-1][-16:])
    if not words or not words[-1].tag.startswith("v"):
        return False
    verbs = [index for index, word in enumerate(words[:-1]) if word.tag == "v"]
    return not verbs or not any(word.tag.startswith("n") for word in words[verbs[0] + 1 : -1])


@lru_cache(maxsize=4096)
def _cut(tokens: Tokens, text: str) -> tuple[Token, ...]:
    return tuple(tokens.cut(text))
