/** Types that are guessed from a file's name, by its suffix; others are `application/octet-stream`. */
const TYPES: Readonly<Record<string, string>> = {
  avi: 'video/x-msvideo',
  bmp: 'image/bmp',
  css: 'text/css',
  csv: 'text/csv',
  doc: 'application/msword',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  md: 'text/markdown',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
  ppt: 'application/vnd.ms-powerpoint',
  py: 'text/x-python',
  sh: 'application/x-sh',
  svg: 'image/svg+xml',
  tar: 'application/x-tar',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
  wav: 'audio/x-wav',
  webm: 'video/webm',
  xls: 'application/vnd.ms-excel',
  xml: 'application/xml',
  zip: 'application/zip',
}

/** Suffixes of compression, which do not determine the type. */
const PACKED = /\.(gz|bz2|xz|z|br)$/i
const SHORT = /\.(tgz|tbz2|txz)$/i

/** The type that Python guesses from a file's name; undefined where it guesses none. */
export function typeOfName(name: string): string | undefined {
  const plain = name.replace(SHORT, '.tar').replace(PACKED, '')
  const suffix = /[^/.]\.([^./]+)$/.exec(plain)?.[1]
  return suffix === undefined ? undefined : TYPES[suffix.toLowerCase()]
}
