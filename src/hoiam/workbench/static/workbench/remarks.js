/* Many remarks in the margin: who listens to their store is told once after a burst of changes, and not at each of them.
   Wagtail draws every remark anew at each change, and each of its fields answers a change with further ones: the work grew
   with the third power, and with a hundred remarks the page never became usable. */
(function () {
  "use strict";
  if (!window.comments) { return; }
  var store = window.comments.commentApp.store, subscribe = store.subscribe;
  store.subscribe = function (listener) {
    var waits = false, left = false;
    function tell() {
      waits = false;
      if (!left) { listener(); }
    }
    var leave = subscribe(function () {
      if (!waits) { waits = true; Promise.resolve().then(tell); }
    });
    return function () { left = true; leave(); };
  };
})();
