/* What the desk adds on top of plain pages: keys, drafts, undo, copying. Every act also has its button and works without this file. */
(function () {
  "use strict";
  const root = document.documentElement;
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch (refused) { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch (refused) { /* full or refused: nothing is remembered */ } },
    drop(key) { try { localStorage.removeItem(key); } catch (refused) { /* nothing kept, nothing to drop */ } },
  };
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const one = (selector, within) => (within || document).querySelector(selector);

  function say(text) {
    const box = one("#ha-say");
    if (box) { box.textContent = ""; setTimeout(() => { box.textContent = text; }, 50); }
  }

  /* Where one is stands in sight: the place on the rail, the open tab of a strip that runs sideways on a phone */
  function showPlace() {
    all(".ha-rail [aria-current],.ha-seg [aria-current]").forEach((here) => {
      const box = here.closest(".ha-rail,.ha-seg"), at = here.getBoundingClientRect(), frame = box.getBoundingClientRect();
      if (at.bottom > frame.bottom) box.scrollTop += at.bottom - frame.bottom + frame.height / 3;
      if (at.right > frame.right) box.scrollLeft += at.right - frame.right + 32;
    });
  }
  showPlace();

  /* Light, dark, or as the machine says */
  const THEMES = { system: "theo máy", light: "sáng", dark: "tối" };
  function theme() { return root.dataset.theme || "system"; }
  function nameTheme() {
    all("[data-theme-switch]").forEach((button) => {
      button.title = "Nền: " + THEMES[theme()] + ". Bấm để đổi.";
      if (button.textContent.trim()) button.textContent = "Nền: " + THEMES[theme()];
      else button.setAttribute("aria-label", button.title);
    });
  }
  function nextTheme() {
    const order = matchMedia("(prefers-color-scheme:dark)").matches ? ["system", "light", "dark"] : ["system", "dark", "light"];
    const next = order[(order.indexOf(theme()) + 1) % 3];
    if (next === "system") { delete root.dataset.theme; store.drop("ha-theme"); } else { root.dataset.theme = next; store.set("ha-theme", next); }
    nameTheme();
    say("Nền " + THEMES[next]);
  }

  /* Rows and keys */
  const rows = () => all("[data-row]").filter((row) => row.getClientRects().length);
  const current = () => one("[data-row][aria-current]");
  function choose(row) {
    if (!row) return;
    all("[data-row][aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    row.setAttribute("aria-current", "true");
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
  function step(by) {
    const list = rows();
    const at = list.indexOf(current());
    choose(list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + by))]);
  }
  function press(key) {
    const row = current();
    const target = (row && one(`[data-key="${key}"]`, row)) || all(`[data-key="${key}"]`).find((found) => !found.closest("[data-row]"));
    if (!target) return false;
    target.click();
    if (target.tagName === "SUMMARY") { const first = one("input:not([type=hidden]),textarea,.ha-panel button", target.parentElement); if (first) first.focus(); }
    return true;
  }
  const keysOn = () => (store.get("ha-keys") || document.body.dataset.shortcuts) !== "off";
  function nameKeys() {
    all("[data-keys-toggle]").forEach((button) => { button.textContent = keysOn() ? "Tắt phím tắt" : "Bật phím tắt"; });
  }
  const typing = (element) => Boolean(element.closest("input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]),textarea,select,[contenteditable],dialog"));
  function onKey(event) {
    if (event.key === "Escape") return closePops();
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey || event.repeat && !/^[jk]$/.test(event.key)) return;
    if (!keysOn() || !(event.target instanceof Element) || typing(event.target)) return;
    if (event.key === "/") {
      const box = one("input[type=search]");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    } else if (event.key === "?") {
      const help = one("#ha-help");
      if (help && help.showModal) { event.preventDefault(); help.showModal(); }
    } else if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    } else if (/^[a-z]$/.test(event.key) && press(event.key)) {
      event.preventDefault();
    }
  }
  function closePops(except) {
    all("details.ha-pop[open]").forEach((pop) => {
      if (pop === except) return;
      const held = pop.contains(document.activeElement);
      pop.open = false;
      if (held) one("summary", pop).focus();
    });
  }

  /* After an act the focus stands on the row that took the place of the one acted on */
  const PLACE = "ha-place";
  function rememberPlace(form) {
    const at = rows().indexOf(form.closest("[data-row]"));
    if (at >= 0) { try { sessionStorage.setItem(PLACE, location.pathname + location.search + "|" + at); } catch (refused) { /* focus starts at the top */ } }
  }
  function returnToPlace() {
    let kept = null;
    try { kept = sessionStorage.getItem(PLACE); sessionStorage.removeItem(PLACE); } catch (refused) { return; }
    if (!kept) return;
    const cut = kept.lastIndexOf("|");
    const list = rows();
    if (kept.slice(0, cut) === location.pathname + location.search && list.length) choose(list[Math.min(Number(kept.slice(cut + 1)), list.length - 1)]);
  }

  /* Undo: counts down, waits while somebody is on it, then leaves; the act itself stays reversible on its own page */
  function countDown(row) {
    let left = Number(row.dataset.undo);
    const shown = one("[data-undo-left]", row);
    const tell = () => { if (shown) shown.textContent = "(" + left + " giây)"; };
    tell();
    const timer = setInterval(() => {
      if (!row.isConnected) return clearInterval(timer);
      if (row.matches(":hover") || row.contains(document.activeElement)) return;
      left -= 1;
      tell();
      if (left <= 0) { clearInterval(timer); row.hidden = true; }
    }, 1000);
  }

  /* Drafts: what was typed is kept every ten seconds under the person's own key */
  const draftKey = (form) => "ha-draft:" + (document.body.dataset.me || "") + ":" + form.dataset.draft;
  function fields(form) {
    return Array.from(form.elements).filter((field) => field.name && !/^(hidden|password|file|submit|button|reset)$/.test(field.type) && field.type !== "fieldset");
  }
  const valueOf = (field) => /^(checkbox|radio)$/.test(field.type) ? field.checked : field.multiple ? Array.from(field.selectedOptions, (option) => option.value) : field.value;
  const read = (form) => fields(form).map((field) => [field.name, field.type === "radio" || field.type === "checkbox" ? field.value : "", valueOf(field)]);
  function write(form, kept) {
    const pool = fields(form);
    kept.forEach(([name, own, value]) => {
      const at = pool.findIndex((field) => field.name === name && (own === "" || field.value === own));
      if (at < 0) return;
      const field = pool.splice(at, 1)[0];
      if (typeof value === "boolean") field.checked = value;
      else if (Array.isArray(value)) Array.from(field.options).forEach((option) => { option.selected = value.includes(option.value); });
      else field.value = value;
    });
  }
  function offerDraft(form, draft, fresh) {
    const time = new Date(draft.at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    const box = document.createElement("p");
    const words = document.createElement("span");
    const button = document.createElement("button");
    box.className = "ha-msg";
    box.setAttribute("role", "status");
    words.textContent = draft.sent ? "Phần đã gõ và gửi lúc " + time + " vẫn còn ở máy này." : "Đã lấy lại phần gõ dở lúc " + time + ".";
    button.type = "button";
    button.className = "ha-btn";
    button.textContent = draft.sent ? "Lấy lại" : "Bỏ bản nháp";
    button.addEventListener("click", () => {
      if (draft.sent) write(form, draft.fields);
      else { write(form, fresh); store.drop(draftKey(form)); form.dataset.saved = JSON.stringify(fresh); }
      box.remove();
    });
    box.append(words, button);
    form.before(box);
  }
  function keepDraft(form) {
    const fresh = read(form);
    form.dataset.saved = JSON.stringify(fresh);
    let draft = null;
    try { draft = JSON.parse(store.get(draftKey(form)) || "null"); } catch (broken) { store.drop(draftKey(form)); }
    if (draft && JSON.stringify(draft.fields) !== form.dataset.saved) {
      if (!draft.sent) write(form, draft.fields);
      if (!draft.sent || !one(".ha-errors")) offerDraft(form, draft, fresh);
    }
    setInterval(() => save(form), 10000);
  }
  function save(form, sent) {
    const now = read(form);
    const text = JSON.stringify(now);
    if (!sent && text === form.dataset.saved) return;
    form.dataset.saved = text;
    store.set(draftKey(form), JSON.stringify({ at: Date.now(), sent: Boolean(sent), fields: now }));
    const note = one("[data-draft-note]", form);
    if (note && !sent) note.textContent = "Đã lưu nháp trên máy này lúc " + new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  }
  function forgetDrafts(which) {
    try { Object.keys(localStorage).filter(which).forEach(store.drop); } catch (refused) { /* nothing was kept */ }
  }
  const WEEK = 7 * 24 * 3600 * 1000;
  function sweepDrafts() {
    all("[data-draft-done]").forEach((sign) => store.drop("ha-draft:" + (document.body.dataset.me || "") + ":" + sign.dataset.draftDone));
    forgetDrafts((key) => {
      if (!key.startsWith("ha-draft:")) return false;
      try { return Date.now() - JSON.parse(store.get(key)).at > WEEK; } catch (broken) { return true; }
    });
  }

  /* Copying: the clipboard needs https; inside a plain-http house network the old way still works */
  async function copy(button) {
    const source = one(button.dataset.copy);
    if (!source) return;
    const text = "value" in source ? source.value : source.textContent.trim();
    let done = false;
    try { await navigator.clipboard.writeText(text); done = true; } catch (refused) {
      const box = document.createElement("textarea");
      box.value = text;
      box.className = "ha-sr";
      document.body.append(box);
      box.select();
      done = document.execCommand("copy");
      box.remove();
      button.focus();
    }
    const words = button.dataset.words || (button.dataset.words = button.textContent);
    button.textContent = done ? "Đã chép" : "Chưa chép được: hãy bôi đen rồi bấm Ctrl+C";
    say(button.textContent);
    setTimeout(() => { button.textContent = words; }, 3000);
  }

  /* A text with a limit tells how long it is while it is written; the server counts again */
  function countText(area) {
    let note = area.nextElementSibling;
    if (!note || !note.hasAttribute("data-count")) { note = document.createElement("p"); note.className = "ha-hint"; note.dataset.count = ""; area.after(note); }
    const length = Array.from(area.value.normalize("NFC").trim()).length, most = Number(area.dataset.most);
    note.textContent = length.toLocaleString("vi-VN") + " / " + most.toLocaleString("vi-VN") + " ký tự" + (length > most ? ": quá " + (length - most).toLocaleString("vi-VN") + " ký tự" : "");
  }

  /* New parts of a page, at the start and after each htmx swap */
  function wake(part) {
    all("textarea[data-most]", part).forEach(countText);
    all("[data-undo]", part).forEach(countDown);
    all("form[data-draft]", part).forEach(keepDraft);
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const hit = (name) => event.target.closest(`[${name}]`);
    closePops(event.target.closest("details.ha-pop"));
    if (hit("data-theme-switch")) nextTheme();
    if (hit("data-print")) window.print();
    if (hit("data-copy")) copy(hit("data-copy"));
    if (hit("data-help")) { const help = one("#ha-help"); if (help) help.showModal(); }
    if (hit("data-keys-toggle")) { store.set("ha-keys", keysOn() ? "off" : "on"); nameKeys(); say(keysOn() ? "Đã bật phím tắt" : "Đã tắt phím tắt"); }
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && row !== current()) { all("[data-row][aria-current]").forEach((other) => other.removeAttribute("aria-current")); row.setAttribute("aria-current", "true"); }
  });
  document.addEventListener("input", (event) => { if (event.target.matches("textarea[data-most]")) countText(event.target); });
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.hasAttribute("data-auto")) form.requestSubmit ? form.requestSubmit() : form.submit();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.draft) save(form, true);
    if (form.hasAttribute("data-forget-drafts")) forgetDrafts((key) => key.startsWith("ha-draft:"));
    rememberPlace(form);
  });
  window.addEventListener("pagehide", () => all("form[data-draft]").forEach((form) => save(form)));
  document.addEventListener("htmx:afterSwap", (event) => {
    wake(event.target);
    if (!document.activeElement || document.activeElement === document.body) returnToPlace();
  });

  sweepDrafts();
  nameTheme();
  nameKeys();
  wake(document);
  const errors = one(".ha-errors");
  if (errors) errors.focus(); else returnToPlace();
})();
