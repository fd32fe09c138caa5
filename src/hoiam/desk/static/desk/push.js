/* On the page "Cách nhận tin": turning push messages on for this browser. Without this file everything else there works. */
(function () {
  "use strict";
  const box = document.querySelector("[data-push-key]");
  if (!box) return;
  const button = box.querySelector("button");
  const note = box.querySelector("[data-push-note]");
  const form = document.querySelector("#ha-push");
  const tell = (text) => { note.textContent = text; };
  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  }
  function written(buffer) {
    return btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function name() {
    const agent = navigator.userAgent;
    const found = [["Edg/", "Edge"], ["OPR/", "Opera"], ["CocCoc", "Cốc Cốc"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]].find(([sign]) => agent.includes(sign));
    const machine = /Android/.test(agent) ? "Android" : /iPhone|iPad/.test(agent) ? "iPhone, iPad" : /Windows/.test(agent) ? "Windows" : /Mac/.test(agent) ? "Mac" : "Linux";
    return (found ? found[1] : "Trình duyệt") + " trên " + machine;
  }
  async function turnOn() {
    button.disabled = true;
    try {
      if (await Notification.requestPermission() !== "granted") return tell("Trình duyệt đang chặn thông báo của trang này. Mở phần cài đặt của trang trên thanh địa chỉ và cho phép.");
      const worker = await navigator.serviceWorker.register(box.dataset.pushWorker, { scope: "/desk/" });
      await navigator.serviceWorker.ready;
      const kept = await worker.pushManager.getSubscription();
      const key = bytes(box.dataset.pushKey);
      if (kept && kept.options.applicationServerKey && written(kept.options.applicationServerKey) !== box.dataset.pushKey) await kept.unsubscribe();
      const given = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
      form.elements.endpoint.value = given.endpoint;
      form.elements.p256dh.value = written(given.getKey("p256dh"));
      form.elements.auth.value = written(given.getKey("auth"));
      form.elements.label.value = name();
      form.submit();
    } catch (fault) {
      tell("Không bật được ở trình duyệt này. Máy có thể không ra được mạng của hãng trình duyệt; thư điện tử vẫn tới.");
    } finally {
      button.disabled = false;
    }
  }
  if (!window.isSecureContext) tell("Chỉ bật được khi mở Hồi Âm bằng https.");
  else if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) tell("Trình duyệt này không nhận được thông báo.");
  else { button.hidden = false; button.addEventListener("click", turnOn); }
})();
