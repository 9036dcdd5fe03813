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

export const settled = async () => {
    await new Promise((done) => setTimeout(done, 60));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
};

export const flat = (items, children) =>
    (items ?? []).flatMap((item) => [item, ...flat(item[children], children)]);
