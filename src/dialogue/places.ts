import type { Region } from "./settings.ts";

/** OCHA's administrative boundaries, valid from 2021-12-20: the reform of 2023 has no P-codes yet. */
export const geographyVersion = "COD-AB-2021";

/** Ten régions and their 53 cercles by P-code, which ISO 3166-2 codes are not. */
export const malianRegions: readonly Region[] = [
  {
    code: "ML01",
    name: "Kayes",
    cercles: [
      { code: "ML0101", name: "Bafoulabé" },
      { code: "ML0102", name: "Diéma" },
      { code: "ML0103", name: "Kayes" },
      { code: "ML0104", name: "Kéniéba" },
      { code: "ML0105", name: "Kita" },
      { code: "ML0106", name: "Nioro" },
      { code: "ML0107", name: "Yélimané" },
    ],
  },
  {
    code: "ML02",
    name: "Koulikoro",
    cercles: [
      { code: "ML0201", name: "Banamba" },
      { code: "ML0202", name: "Dioïla" },
      { code: "ML0203", name: "Kangaba" },
      { code: "ML0204", name: "Kati" },
      { code: "ML0205", name: "Kolokani" },
      { code: "ML0206", name: "Koulikoro" },
      { code: "ML0207", name: "Nara" },
    ],
  },
  {
    code: "ML03",
    name: "Sikasso",
    cercles: [
      { code: "ML0301", name: "Bougouni" },
      { code: "ML0302", name: "Kadiolo" },
      { code: "ML0303", name: "Kolondiéba" },
      { code: "ML0304", name: "Koutiala" },
      { code: "ML0305", name: "Sikasso" },
      { code: "ML0306", name: "Yanfolila" },
      { code: "ML0307", name: "Yorosso" },
    ],
  },
  {
    code: "ML04",
    name: "Ségou",
    cercles: [
      { code: "ML0401", name: "Baraouéli" },
      { code: "ML0402", name: "Bla" },
      { code: "ML0403", name: "Macina" },
      { code: "ML0404", name: "Niono" },
      { code: "ML0405", name: "San" },
      { code: "ML0406", name: "Ségou" },
      { code: "ML0407", name: "Tominian" },
    ],
  },
  {
    code: "ML05",
    name: "Mopti",
    cercles: [
      { code: "ML0501", name: "Bandiagara" },
      { code: "ML0502", name: "Bankass" },
      { code: "ML0503", name: "Djenné" },
      { code: "ML0504", name: "Douentza" },
      { code: "ML0505", name: "Koro" },
      { code: "ML0506", name: "Mopti" },
      { code: "ML0507", name: "Ténenkou" },
      { code: "ML0508", name: "Youwarou" },
    ],
  },
  {
    code: "ML06",
    name: "Tombouctou",
    cercles: [
      { code: "ML0601", name: "Diré" },
      { code: "ML0602", name: "Goundam" },
      { code: "ML0603", name: "Gourma-Rharous" },
      { code: "ML0604", name: "Niafunké" },
      { code: "ML0605", name: "Tombouctou" },
    ],
  },
  {
    code: "ML07",
    name: "Gao",
    cercles: [
      { code: "ML0701", name: "Ansongo" },
      { code: "ML0702", name: "Bourem" },
      { code: "ML0703", name: "Gao" },
    ],
  },
  {
    code: "ML08",
    name: "Kidal",
    cercles: [
      { code: "ML0801", name: "Abeïbara" },
      { code: "ML0802", name: "Kidal" },
      { code: "ML0803", name: "Tessalit" },
      { code: "ML0804", name: "Tin-Essako" },
    ],
  },
  {
    code: "ML09",
    name: "Bamako",
    cercles: [{ code: "ML0901", name: "Bamako" }],
  },
  {
    code: "ML10",
    name: "Ménaka",
    cercles: [
      { code: "ML1001", name: "Ménaka" },
      { code: "ML1002", name: "Andéramboukane" },
      { code: "ML1003", name: "Inékar" },
      { code: "ML1004", name: "Tidermène" },
    ],
  },
];
