// Files that are dropped on the page or pasted into a box. None may take the page's place, as browsers would have it.

/** Whether somebody takes these files. */
export type TakeFiles = (files: readonly File[]) => boolean;

/** `isThere`: whether the room is still shown. */
export function catchFiles(isThere: () => boolean, take: TakeFiles, refuse: () => void): void {
  const stop = new AbortController();
  const on = <Name extends 'paste' | 'dragover' | 'drop'>(
    name: Name,
    dataOf: (event: DocumentEventMap[Name]) => DataTransfer | null,
  ) =>
    document.addEventListener(
      name,
      event => {
        if (!isThere()) return stop.abort();
        const data = dataOf(event);
        if (!data || !holdsFiles(data)) return;
        event.preventDefault();
        if (name !== 'dragover' && !take([...data.files])) refuse();
      },
      { signal: stop.signal },
    );
  on('paste', ({ clipboardData }) => clipboardData);
  on('dragover', ({ dataTransfer }) => dataTransfer);
  on('drop', ({ dataTransfer }) => dataTransfer);
}

/** A text that brings its picture along, as office programs copy it, is a text. */
const holdsFiles = ({ types }: DataTransfer): boolean =>
  types.includes('Files') && !types.includes('text/plain');
