export default {
  title: 'How the numbers of this page are counted',
  usual: 'Usually',
  usualText:
    'Eight in ten of the values at this time of day on the same weekday over the last 26 weeks; {{n}} weeks are compared now. With fewer than eight weeks there is no comparison. What inflow is compared with is said on the page “Today”.',
  forecast: 'Forecast',
  forecastText:
    'The usual rest of the day times a factor of this day: the less has come and the more alike days are, the closer it is to one. Interval of 80%: by the errors of past days at this hour.',
  cohorts: 'Confirmed and reopened',
  cohortsText:
    'Counted over requests registered on the days named: old enough for the resident to have answered or come back. Wilson interval, 95%.',
}
