/** A flag is a ground for inspection: nothing said of it, in any language, calls anybody guilty or bad. */
export const ACCUSING = {
  ru: /винов|наруш(ил|ает|итель)|плох|недобросовест|худш(ая|ий) организац|халат|обман|махинац|накрут|мошен|преступ|злостн|неудовлетворительн|хуже всех/i,
  kk: /кінәлі|айыпты|бұзушы(?!лық туралы қорытынды емес)|бұзды|жаман|алдап|алаяқ|немқұрайлы|жауапсыздық|қылмыс|ең нашар ұйым/i,
  en: /guilt|violat(ed|es|or)|\bbad\b|worst (organi|compan)|dishonest|fraud|cheat|negligen|offend|culprit|blame|failing|poorly/i,
}
