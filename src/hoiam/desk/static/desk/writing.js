/* The box for a piece's text: typed and pasted with its headings, lists and tables. The plain box beneath stays the one that is sent. */
(() => {
  "use strict";
  const KEPT = new Set(["P", "BR", "H2", "H3", "H4", "STRONG", "EM", "B", "I", "U", "UL", "OL", "LI", "A", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD", "BLOCKQUOTE", "IMG", "FIGURE", "FIGCAPTION"]);
  const GONE = new Set(["SCRIPT", "STYLE", "IFRAME", "OBJECT", "SVG", "MATH", "TEMPLATE", "TITLE", "XML"]);
  const WORTH = { A: ["href"], TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan"], OL: ["start"], IMG: ["src"] };

  /* Read in a document that runs nothing, copied element by element: only what an article may hold comes over. */
  function safe(html) {
    const into = document.createDocumentFragment();
    /* The policy of the page forbids looks and handlers in the text; taken out first, they are not even complained of. */
    const bare = html.replace(/<[^>]*>/g, (tag) => tag.replace(/\s(?:style|on\w+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, ""));
    copy(new DOMParser().parseFromString(bare, "text/html").body, into);
    return into;
  }
  function copy(from, into) {
    from.childNodes.forEach((node) => {
      if (node.nodeType === Node.TEXT_NODE) return into.append(node.data);
      const name = node.nodeType === Node.ELEMENT_NODE ? node.nodeName.toUpperCase() : "";
      if (!name || GONE.has(name)) return;
      const kept = name === "H1" ? "H2" : name === "DIV" ? "P" : name;
      if (!KEPT.has(kept)) return copy(node, into);
      if (kept === "IMG" && !/^\/anh\/[0-9a-f]{64}/.test(node.getAttribute("src") || "")) return;
      const made = document.createElement(kept);
      (WORTH[kept] || []).forEach((at) => { if (node.hasAttribute(at)) made.setAttribute(at, node.getAttribute(at)); });
      if (made.href && !/^(https?|mailto|tel):$/.test(made.protocol)) made.removeAttribute("href");
      copy(node, made);
      into.append(made);
    });
  }
  function opened(text) {
    if (/<(p|h[2-4]|ul|ol|table|img|strong|em|b|i|a)\b/i.test(text)) return safe(text);
    const into = document.createDocumentFragment();
    text.split("\n").filter((line) => line.trim()).forEach((line) => {
      const p = document.createElement("p");
      p.textContent = line;
      into.append(p);
    });
    return into;
  }

  function enrich(place) {
    const box = place.querySelector("textarea");
    if (!box || place.dataset.woken) return;
    place.dataset.woken = "1";
    const label = place.querySelector("label");
    const paper = document.createElement("div");
    paper.className = "ha-paperbox ha-read ha-prose";
    paper.contentEditable = "true";
    paper.setAttribute("role", "textbox");
    paper.setAttribute("aria-multiline", "true");
    paper.setAttribute("aria-label", label.textContent.trim());
    if (box.hasAttribute("aria-describedby")) paper.setAttribute("aria-describedby", box.getAttribute("aria-describedby"));
    let last = null;
    function show() {
      paper.replaceChildren(opened(box.value));
      paper.querySelectorAll("img").forEach((img) => {
        const blob = img.getAttribute("src").slice(5, 69);
        const card = document.querySelector(`img[data-blob="${blob}"]`);
        img.dataset.kept = img.getAttribute("src");
        if (card) { img.src = card.src; img.alt = card.alt; }
      });
      last = box.value;
    }
    function keep() {
      const twin = paper.cloneNode(true);
      twin.querySelectorAll("img[data-kept]").forEach((img) => { img.src = img.dataset.kept; img.removeAttribute("data-kept"); img.removeAttribute("alt"); });
      box.value = last = paper.textContent.trim() || paper.querySelector("img") ? twin.innerHTML : "";
    }
    paper.addEventListener("input", keep);
    paper.addEventListener("paste", (event) => {
      const html = event.clipboardData.getData("text/html");
      const found = html ? safe(html) : opened(event.clipboardData.getData("text/plain"));
      event.preventDefault();
      const range = window.getSelection().getRangeAt(0);
      const end = found.lastChild;
      range.deleteContents();
      range.insertNode(found);
      if (end) { range.setStartAfter(end); range.collapse(true); }
      keep();
    });
    /* A kept draft is written into the plain box: the paper follows. */
    document.addEventListener("click", () => setTimeout(() => { if (box.isConnected && box.value !== last) show(); }, 0));
    label.addEventListener("click", () => paper.focus());
    show();
    box.hidden = true;
    box.after(paper);
    place.querySelector(".ha-hint").after(bar(paper, keep));
  }
  function bar(paper, keep) {
    const row = document.createElement("div");
    row.className = "ha-offers";
    row.setAttribute("role", "toolbar");
    row.setAttribute("aria-label", "Kiểu chữ");
    [["Đậm", "bold"], ["Nghiêng", "italic"], ["Tiêu đề", "formatBlock", "h2"], ["Đoạn thường", "formatBlock", "p"], ["Danh sách", "insertUnorderedList"]].forEach(([word, does, value]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "ha-btn";
      button.textContent = word;
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => { paper.focus(); document.execCommand(does, false, value); keep(); });
      row.append(button);
    });
    return row;
  }
  const wake = () => document.querySelectorAll("[data-rich]").forEach(enrich);
  document.addEventListener("DOMContentLoaded", wake);
  document.addEventListener("htmx:load", wake);
})();
