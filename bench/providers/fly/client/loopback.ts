/** Whether a URL is of this very computer, with which no proxy has anything to do. */
export const isLoopback = (url: string): boolean =>
  /^(127(\.\d+){3}|localhost|\[::1\])$/.test(new URL(url).hostname);
