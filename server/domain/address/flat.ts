const FLAT =
  /[\s,;(]*(?:(?<![\p{L}])(?:кв(?:артира)?|пәтер|пәт|пом(?:ещение)?|apt|apartment|unit|flat)\.?(?![\p{L}])\s*№?\s*\d+\s?\p{L}?(?![\p{L}])|(?<!&)#\s*\d+\p{L}?)\)?/giu

/** An address without the number of a flat: a place is public, a flat is a person's. */
export const withoutFlat = (address: string) => address.replace(FLAT, '').trim()
