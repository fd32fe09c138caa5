/* Names for what Wagtail draws without one, as a screen reader needs them: the box of a text, the field that takes
   files, a window over the page. */
(function () {
  "use strict";
  var NAMELESS = ".public-DraftEditor-content:not([aria-label]):not([aria-labelledby]), #fileupload:not([aria-label])";
  var WINDOW = ".modal[role=dialog]:not([aria-label])";

  /* The words of the nearest label above; on a page of one field its heading. */
  function nameOf(box) {
    for (var place = box.parentElement; place; place = place.parentElement) {
      var label = place.querySelector("label, .w-panel__heading, h1");
      var words = label ? label.textContent.replace("*", "").trim() : "";
      if (words) { return words; }
    }
    return document.title;
  }

  /* A window over the page is called what its heading says, once it has come. */
  function nameWindow(box) {
    var heading = box.querySelector("h1, h2, h3");
    if (heading) { box.setAttribute("aria-label", heading.textContent.trim()); }
  }

  var waits = 0;
  function nameAll() {
    waits = 0;
    document.querySelectorAll(WINDOW).forEach(nameWindow);
    document.querySelectorAll(NAMELESS).forEach(function (box) { box.setAttribute("aria-label", nameOf(box)); });
  }
  /* Not at every change: a page with a hundred remarks changes thousands of times while it is drawn. */
  function soon() { waits = waits || setTimeout(nameAll, 100); }
  new MutationObserver(soon).observe(document.documentElement, { childList: true, subtree: true });
  nameAll();
})();
