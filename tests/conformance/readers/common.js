// What a reader sees, asked of any engine: each hands over the documents that it shows, in iframes.

// Where an element lies in the window, or null where it is out of sight.
export const seen = (element) => {
    const frame = element.ownerDocument.defaultView.frameElement.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    const [left, top] = [frame.left + box.left, frame.top + box.top];
    const shows = left + box.width > 1 && left < innerWidth - 1 && top + box.height > 1
        && top < innerHeight - 1;
    return shows ? { left, top, width: box.width, height: box.height } : null;
};

// The columns of a document in pages: where the first begins, how wide each is and how far apart.
const columns = (doc) => {
    const style = (element) => doc.defaultView.getComputedStyle(element);
    const host = [doc.documentElement, doc.body].find((e) => style(e).columnWidth !== "auto");
    const said = style(host), box = host.getBoundingClientRect();
    const [before, after] = [parseFloat(said.paddingLeft), parseFloat(said.paddingRight)];
    const gap = parseFloat(said.columnGap) || 0;
    const width = host.clientWidth - before - after;
    const count = Math.max(1, Math.floor((width + gap) / (parseFloat(said.columnWidth) + gap)));
    const stride = (width + gap) / count;
    return { start: box.left + before, stride, width: stride - gap, gap };
};

// What sticks out of its column: the beginnings of texts, and the names of pictures.
export const overflowing = (doc) => {
    const { start, stride, width, gap } = columns(doc);
    const found = [];
    // what lies in a box that scrolls by itself is within that box
    const scrolls = (element) => element && element !== doc.body
        && (doc.defaultView.getComputedStyle(element).overflowX === "auto"
            || scrolls(element.parentElement));
    const offset = (box) => {
        const from = (((box.left - start) % stride) + stride) % stride;
        return from > width + gap / 2 ? from - stride : from; // less than 0: it hangs out at the left
    };
    const fits = (box) => !box.width || !box.height
        || (offset(box) >= -gap / 2 - 1 && offset(box) + box.width <= width + 1.5);
    const judge = (box, name, inside) => {
        if (!fits(box) && !scrolls(inside))
            found.push(`${name} (${[offset(box), box.width, width].map(Math.round).join(" ")})`);
    };
    const texts = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const node = texts.currentNode, range = doc.createRange();
        range.selectNodeContents(node);
        if ([...range.getClientRects()].every(fits)) continue;
        for (const word of node.data.matchAll(/\S+/g)) { // blanks may hang: nobody sees them
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            for (const box of range.getClientRects()) judge(box, word[0], node.parentElement);
        }
    }
    for (const element of doc.querySelectorAll("img, svg, math, table, pre, [tabindex]"))
        for (const box of element.getClientRects())
            judge(box, element.outerHTML.slice(0, 60), element.parentElement);
    return [...new Set(found)];
};

// Elements that stand on lines of their own, as far as words in them are concerned.
const holder = (element, style) => {
    while (style(element).display.startsWith("inline") && style(element).display !== "inline-block")
        element = element.parentElement;
    return element;
};

const kindOf = (element) => (element.closest("td, th") ? "table" : element.closest("pre") ? "code"
    : element.closest("h1, h2, h3, h4, h5, h6") ? "title" : "text");

// Scripts that break between letters, and what no reader sees as words.
const UNCUTTABLE = "svg, math, rt, iframe, [lang|=ja], [lang|=zh], [lang|=th]";

// Words with letters on two lines that a line of their own would hold whole: [kind, word, em of the
// word, em of the room]. In a table that is a line of the text around it, for cells can stand there.
export const cutWords = (doc) => {
    const style = (element) => doc.defaultView.getComputedStyle(element);
    const found = [], rooms = new Map();
    const roomOf = (element) => {
        const table = [...function* () {
            for (let up = element; up; up = up.parentElement) if (up.tagName === "table") yield up;
        }()].at(-1);
        const box = table ? table.parentElement : holder(element, style);
        if (!rooms.has(box)) {
            const said = style(box);
            rooms.set(box, box.clientWidth - parseFloat(said.paddingLeft)
                - parseFloat(said.paddingRight));
        }
        return rooms.get(box);
    };
    // the boxes of a range by lines: a box that does not begin beside the one before is on the next
    const linesOf = (range) => {
        const boxes = [...range.getClientRects()].filter((box) => box.width > 0.5);
        const starts = boxes.filter((box, at) => !at
            || Math.abs(box.top - boxes[at - 1].top) > box.height / 2
            || box.left < boxes[at - 1].left - 1 || box.left > boxes[at - 1].right + 20);
        return [starts.length, boxes.reduce((sum, box) => sum + box.width, 0)];
    };
    const texts = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const node = texts.currentNode, element = node.parentElement, range = doc.createRange();
        range.selectNodeContents(node);
        if (linesOf(range)[0] < 2 || element.closest(UNCUTTABLE)) continue;
        for (const word of node.data.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            const [lines, width] = linesOf(range);
            if (lines < 2) continue;
            const em = parseFloat(style(element).fontSize), room = roomOf(element);
            if (width <= room - 1)
                found.push([kindOf(element), word[0], width / em, room / em]);
        }
    }
    return found;
};

const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const painted = (...colours) => { // the colours one above the other, as the screen shows them
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
};
const luminance = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

// Texts of less contrast than 4.5 (WCAG 2.2, 1.4.3), on a page of a ground: [name, ratio]. What an
// author has coloured is left out: [style].
export const paleTexts = (doc, ground) => {
    const style = (element) => doc.defaultView.getComputedStyle(element);
    const found = new Map();
    const judge = (element, part, name) => {
        const grounds = [];
        for (let up = element; up && up !== doc.body; up = up.parentElement)
            grounds.unshift(style(up).backgroundColor);
        const behind = painted(ground, ...grounds);
        let share = 1; // of the ink, as what is around it lets through
        for (let up = element; up; up = up.parentElement) share *= Number(style(up).opacity);
        const full = painted(`rgb(${behind.join(" ")})`, part.color);
        const ink = full.map((value, at) => value * share + behind[at] * (1 - share));
        const [high, low] = [luminance(ink), luminance(behind)].sort((a, b) => b - a);
        const ratio = (high + 0.05) / (low + 0.05);
        if (ratio < 4.5) found.set(name, Math.min(ratio, found.get(name) ?? 21));
    };
    for (const element of doc.body.querySelectorAll("*")) {
        const own = element.closest("svg, math, [style*=color]");
        if (own && own !== doc.body && own !== doc.documentElement) continue;
        const name = [element.localName, ...element.classList].join(".");
        const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (words) judge(element, style(element), name);
    }
    return [...found];
};

export const settled = async () => {
    await new Promise((done) => setTimeout(done, 60));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
};

export const flat = (items, children) =>
    (items ?? []).flatMap((item) => [item, ...flat(item[children], children)]);
