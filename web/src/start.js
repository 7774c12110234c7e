// Says why the page does not start, in a language that browsers spoke long before those that can run the page. It is
// loaded before all else; where the page starts, nothing of it is seen.

(function () {
  var NEWER = 'Sanctuary needs Chrome or Edge 109, Firefox 115, Safari 16.4, or newer.';
  var why =
    'The script app.js did not load. An extension or something on the way holds it back: ' +
    'allow it for this page, or try another browser.';
  var here = window;
  var missing = [];
  function need(name, there) {
    if (!there) missing.push(name);
  }
  need('BigInt', here.BigInt);
  need('TextEncoder', here.TextEncoder);
  need('WebSocket', here.WebSocket);
  need('Worker', here.Worker);
  need('crypto.getRandomValues', here.crypto && here.crypto.getRandomValues);
  var lacks = missing.join(', ');
  document.documentElement.setAttribute('data-lacks', lacks);

  addEventListener('error', function (event) {
    if (/syntax/i.test(event.message)) why = 'This browser is too old. ' + NEWER;
    else why = 'The script app.js stopped as it started. ' + NEWER;
  });

  addEventListener('DOMContentLoaded', function () {
    var late = document.getElementById('late');
    if (!late) return;
    if (lacks)
      why = 'This browser lacks what the page is built on: ' + lacks + '. Allow it for this page. ' + NEWER;
    late.setAttribute('role', 'alert');
    late.className = 'card';
    late.getElementsByTagName('p')[0].textContent = why;
    late.getElementsByTagName('a')[0].onclick = function () {
      // With the invitation that may still be in the address.
      location.reload();
      return false;
    };
  });
})();
