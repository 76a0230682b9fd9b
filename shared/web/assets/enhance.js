// Tells that there is news, and nothing else: what stands on the page never moves by itself.
// <body data-events="…"> names a stream of server-sent events; each event `news` counts as one message.
"use strict";
(function () {
  const address = document.body.dataset.events;
  const link = document.getElementById("news");
  if (!address || !link || !window.EventSource) {
    return;
  }
  const title = document.title;
  const events = new EventSource(address);
  let count = 0;
  let last = "";
  events.addEventListener("news", function (event) {
    // After a broken connection the server may repeat the last one.
    if (event.lastEventId && event.lastEventId === last) {
      return;
    }
    last = event.lastEventId;
    count += 1;
    link.textContent = count === 1 ? link.dataset.one : link.dataset.many.replace("#", String(count));
    link.hidden = false;
    document.title = "(" + count + ") " + title;
  });
  window.addEventListener("pagehide", function () {
    events.close();
  });
})();
