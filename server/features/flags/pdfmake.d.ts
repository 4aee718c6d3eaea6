/** The library carries no types; this is as much of it as the worker uses. */
declare module 'pdfmake' {
  const pdfmake: {
    setFonts(fonts: Record<string, { normal: string; bold: string }>): void
    setLocalAccessPolicy(allowed: (path: string) => boolean): void
    setUrlAccessPolicy(allowed: (url: string) => boolean): void
    createPdf(definition: object): { getBuffer(): Promise<Buffer> }
  }
  export default pdfmake
}
