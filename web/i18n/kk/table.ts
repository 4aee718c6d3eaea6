export default {
  save: 'Жүктеп алу:',
  saveAs: 'Осы іріктеудегі жолдарды жүктеп алу, {{format}}',
  columns: 'Бағандар',
}
