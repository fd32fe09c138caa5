/* Works out the puzzle of a public form while it is filled in; own SHA-256, since plain http has no crypto.subtle. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-puzzle]");
  if (!form) { return; }
  var token = form.getAttribute("data-puzzle");
  var bits = Number(form.getAttribute("data-bits"));
  var field = form.querySelector("input[name=puzzle_number]");
  var button = form.querySelector("[data-send]");
  var note = form.querySelector("[data-puzzle-note]");
  var wanted = false;
  field.value = ""; // a browser may have put back the answer to an older puzzle

  var K = [], START = [];
  (function () {
    function part(x) { return ((x - Math.floor(x)) * 4294967296) | 0; }
    for (var n = 2; K.length < 64; n++) {
      var prime = true;
      for (var d = 2; d * d <= n; d++) { if (n % d === 0) { prime = false; break; } }
      if (prime) {
        if (START.length < 8) { START.push(part(Math.sqrt(n))); }
        K.push(part(Math.cbrt(n)));
      }
    }
  })();

  function turn(x, n) { return (x >>> n) | (x << (32 - n)); }

  /* The first word of the hash is all that is looked at; the text is plain ASCII. */
  function firstWord(text) {
    var length = text.length, blocks = ((length + 8) >> 6) + 1, words = new Int32Array(blocks * 16);
    for (var i = 0; i < length; i++) { words[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8); }
    words[length >> 2] |= 0x80 << (24 - (length % 4) * 8);
    words[blocks * 16 - 1] = length * 8;
    var hash = START.slice(), w = new Int32Array(64);
    for (var b = 0; b < blocks; b++) {
      var s = hash.slice();
      for (var t = 0; t < 64; t++) {
        if (t < 16) { w[t] = words[b * 16 + t]; } else {
          var x = w[t - 15], y = w[t - 2];
          var s0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3), s1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
          w[t] = (w[t - 16] + s0 + w[t - 7] + s1) | 0;
        }
        var e1 = turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25), ch = (s[4] & s[5]) ^ (~s[4] & s[6]);
        var t1 = (s[7] + e1 + ch + K[t] + w[t]) | 0;
        var e0 = turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22);
        var maj = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
        s = [(t1 + e0 + maj) | 0, s[0], s[1], s[2], (s[3] + t1) | 0, s[4], s[5], s[6]];
      }
      for (var j = 0; j < 8; j++) { hash[j] = (hash[j] + s[j]) | 0; }
    }
    return hash[0] >>> 0;
  }

  var number = 0;
  function work() {
    for (var end = number + 400; number < end; number++) {
      if (firstWord(token + ":" + number) >>> (32 - bits) === 0) {
        field.value = String(number);
        if (note) { note.textContent = ""; }
        if (wanted) { form.submit(); }
        return;
      }
    }
    window.setTimeout(work, 0);
  }
  form.addEventListener("submit", function (event) {
    if (field.value) { return; }
    event.preventDefault();
    wanted = true;
    if (button) { button.disabled = true; }
    if (note) { note.textContent = "Đang chuẩn bị gửi…"; }
  });
  work();
})();
