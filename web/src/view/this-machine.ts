// Names and addresses by which a machine calls itself.

/** Whether a host leads to another machine from every other one. */
export const isThisMachine = (host: string): boolean =>
  /^(?:(?:.*\.)?localhost\.?|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:(?:7f[\da-f]{2}:[\da-f]{1,4}|0:0)\])$/.test(
    host,
  );
