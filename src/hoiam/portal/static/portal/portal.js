/* What a browser may add: larger words, a dark ground, reading aloud, printing. Every page works without it. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("ha-js");

  function kept(name, value) {
    try {
      if (value === undefined) return localStorage.getItem(name);
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch (refused) {
      /* A browser that refuses storage shows the page as it comes. */
    }
    return null;
  }
  function press(selector, on) {
    document.querySelectorAll(selector).forEach(function (button) {
      button.setAttribute("aria-pressed", on ? "true" : "false");
    });
  }

  function size(on) {
    if (on) root.dataset.size = "large";
    else delete root.dataset.size;
    press("[data-text]", on);
  }
  size(kept("ha-size") === "large");
  document.querySelectorAll("[data-text]").forEach(function (button) {
    button.addEventListener("click", function () {
      var on = root.dataset.size !== "large";
      size(on);
      kept("ha-size", on ? "large" : "");
    });
  });

  function isDark() {
    if (root.dataset.theme) return root.dataset.theme === "dark";
    return matchMedia("(prefers-color-scheme: dark)").matches;
  }
  var ground = kept("ha-theme");
  if (ground === "light" || ground === "dark") root.dataset.theme = ground;
  press("[data-ground]", isDark());
  document.querySelectorAll("[data-ground]").forEach(function (button) {
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      kept("ha-theme", root.dataset.theme);
      press("[data-ground]", isDark());
    });
  });

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.addEventListener("click", function () {
      window.print();
    });
  });
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    button.addEventListener("click", function () {
      if (!navigator.clipboard) return;
      navigator.clipboard.writeText(button.dataset.copy).then(function () {
        button.querySelector("span").textContent = "Đã chép";
      });
    });
  });

  /* Reading aloud: the device's own Vietnamese voice, a paragraph at a time; nothing leaves the device. */
  var reader = document.querySelector("[data-read]");
  var text = document.querySelector("[data-speak]");
  if (reader && text && "speechSynthesis" in window) {
    var label = reader.querySelector("span");
    var first = label.textContent;
    var stop = function () {
      speechSynthesis.cancel();
      label.textContent = first;
      reader.removeAttribute("data-on");
    };
    reader.hidden = false;
    reader.addEventListener("click", function () {
      if (reader.hasAttribute("data-on")) return stop();
      var voice = speechSynthesis.getVoices().filter(function (each) {
        return each.lang.toLowerCase().indexOf("vi") === 0;
      })[0];
      var parts = text.querySelectorAll("p, h2, h3, h4, li, dt, dd, td, th, figcaption");
      var left = 0;
      reader.setAttribute("data-on", "");
      label.textContent = "Dừng nghe";
      parts.forEach(function (part) {
        if (!part.textContent.trim()) return;
        var said = new SpeechSynthesisUtterance(part.textContent);
        said.lang = "vi-VN";
        if (voice) said.voice = voice;
        left += 1;
        said.onend = function () {
          left -= 1;
          if (left === 0) stop();
        };
        speechSynthesis.speak(said);
      });
      return undefined;
    });
    window.addEventListener("pagehide", stop);
  }

  /* One more read: the number of the article and nothing else, when it was on the screen for some seconds. */
  var counted = document.querySelector("[data-count]");
  if (counted && navigator.sendBeacon) {
    setTimeout(function () {
      if (document.visibilityState !== "visible") return;
      navigator.sendBeacon("/cong/luot-doc/", new URLSearchParams({ bai: counted.dataset.count }));
    }, 5000);
  }

  document.querySelectorAll(".ha-rate form").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      var sent = new URLSearchParams(new FormData(form, event.submitter));
      event.preventDefault();
      fetch(form.action, { method: "POST", body: sent, headers: { "X-Asked-By": "fetch" }, credentials: "omit" }).then(
        function () {
          form.querySelector(".ha-acts").hidden = true;
          form.querySelector("[role=status]").textContent = "Cảm ơn bạn. Cổng chỉ đếm số lượt, không ghi ai đã bấm.";
        },
        function () {
          form.querySelector("[role=status]").textContent = "Chưa gửi được. Hãy kiểm tra mạng rồi bấm lại.";
        }
      );
    });
  });
})();
