import { useWords } from './use-words.js';

/** A figure with its unit: "1 datapoint", "12 months", "1.000.000 de líneas RTC". */
export function useQuantity(): (count: number, of: 'datapoints' | 'rtcLines' | 'months') => string {
  const { t, format } = useWords();
  const texts = { datapoints: 'datapoints.number', rtcLines: 'rtcLines', months: 'months' } as const;
  return (count, of) => t(texts[of], { count, shown: format.number(count) });
}
