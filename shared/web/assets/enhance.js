// Tells that there is news, and keeps what is in hand: what stands on the page never moves by itself.
"use strict";
// <body data-events="…"> names a stream of server-sent events; each event `news` counts as one message.
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
// <p data-keep="…"> names what to PUT now and then, for as long as the page is in view; `data-kept` says that it is kept,
// `data-lost` that it no longer is. While the server is away nothing is said: what was kept may still be.
(function () {
  const hand = document.querySelector("[data-keep]");
  if (!hand) {
    return;
  }
  const lost = [401, 403, 404, 409];
  let last = Date.now();
  let timer = 0;
  function beat() {
    // A page that comes into view again asks at once, unless it just did.
    if (!timer || document.visibilityState !== "visible" || Date.now() - last < 60000) {
      return;
    }
    last = Date.now();
    fetch(hand.dataset.keep, { method: "PUT" }).then(function (answer) {
      if (answer.ok) {
        hand.textContent = hand.dataset.kept;
      } else if (lost.includes(answer.status)) {
        clearInterval(timer);
        timer = 0;
        hand.setAttribute("role", "alert");
        hand.textContent = hand.dataset.lost;
      }
    }, function () {});
  }
  timer = setInterval(beat, 5 * 60000);
  document.addEventListener("visibilitychange", beat);
})();
