/* Runs before the first paint: the remembered light or dark ground, and the sign that scripts run. */
(function () {
  var root = document.documentElement;
  root.classList.add("ha-js");
  try {
    var kept = localStorage.getItem("ha-theme");
    if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  } catch (refused) {
    /* A browser that refuses storage follows the system. */
  }
})();
