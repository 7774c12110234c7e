// A chat made of uWebSockets.js, whose topics are the rooms: `node uws.mjs PORT`. A line's path is its room.

import uws from 'uwebsockets';

const app = uws.App();

app.ws('/*', {
  maxBackpressure: 0,
  idleTimeout: 0,
  upgrade: (response, request, context) =>
    response.upgrade(
      { room: request.getUrl() },
      request.getHeader('sec-websocket-key'),
      request.getHeader('sec-websocket-protocol'),
      request.getHeader('sec-websocket-extensions'),
      context,
    ),
  open: socket => socket.subscribe(socket.getUserData().room),
  message: (socket, message, isBinary) => app.publish(socket.getUserData().room, message, isBinary),
});
app.listen('127.0.0.1', Number(process.argv[2]), listening => {
  if (!listening) process.exit(1);
});
