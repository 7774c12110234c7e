// Says why the page does not start, in a language that browsers spoke long before those that can
// run the page. It is loaded before all else; where the page starts, nothing of it is seen. Its
// words come from the catalogue: the build puts each in the place of its name.

(function () {
  var why = START.blocked;
  var here = window;
  var root = document.documentElement;
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
  root.setAttribute('data-lacks', lacks);

  addEventListener('error', function (event) {
    if (/syntax/i.test(event.message)) why = START.old + ' ' + START.newer;
    else why = START.stopped + ' ' + START.newer;
  });

  function tell() {
    var late = document.getElementById('late');
    if (!late) return;
    if (lacks) why = START.lacks.replace('{}', lacks) + ' ' + START.newer;
    late.setAttribute('role', 'alert');
    late.className = 'card';
    late.getElementsByTagName('p')[0].textContent = why;
    late.getElementsByTagName('a')[0].onclick = function () {
      // With the invitation that may still be in the address.
      location.reload();
      return false;
    };
  }
  addEventListener('DOMContentLoaded', function () {
    // The page has started, and waits for its words.
    if (!root.hasAttribute('data-started')) tell();
  });
  addEventListener('wordless', function () {
    why = START.wordless;
    tell();
  });
})();
