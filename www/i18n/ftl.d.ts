// All message files of a language, bundled as one text.
declare module 'locale:*' {
  const text: string;
  export default text;
}
