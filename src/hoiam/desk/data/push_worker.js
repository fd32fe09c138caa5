/* Shows a push message and opens the desk when it is pressed. It keeps nothing and asks no other address. */
"use strict";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data ? event.data.json() : {}; } catch (broken) { told = {}; }
  event.waitUntil(self.registration.showNotification(told.title || "Hồi Âm", {
    body: told.body || "Có thông báo mới.",
    tag: told.tag || "hoiam",
    lang: "vi",
    data: { path: told.path || "/desk/notices/" },
  }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data.path, self.location.origin);
  if (url.origin !== self.location.origin) return;
  event.waitUntil(self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((open) => {
    const found = open.find((client) => client.url === url.href);
    return found ? found.focus() : self.clients.openWindow(url.href);
  }));
});
