/* Days as Vietnamese read them, whatever language the browser speaks: Wagtail leaves the choice to the browser. */
(function () {
  "use strict";
  var Format = Intl.DateTimeFormat;
  function Vietnamese(asked, options) { return new Format(asked && asked.length ? asked : "vi-VN", options); }
  Vietnamese.prototype = Format.prototype;
  Vietnamese.supportedLocalesOf = Format.supportedLocalesOf;
  Intl.DateTimeFormat = Vietnamese;
})();
