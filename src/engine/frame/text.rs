//! Text columns as Parquet pages, straight from codes and dictionary.
//!
//! polars would turn every row back into a string, and then hash the strings to find out which are equal. Here that is
//! known: codes become the codes of a page dictionary, or strings one after the other where few values repeat.

use std::io;
use std::ops::Range;

use polars_parquet::parquet::CowBuffer;
use polars_parquet::parquet::encoding::{Encoding, hybrid_rle};
use polars_parquet::parquet::metadata::Descriptor;
use polars_parquet::parquet::page::{DataPage, DataPageHeader, DataPageHeaderV1, DictPage, Page};
use polars_parquet::parquet::schema::types::PrimitiveType;
use polars_parquet::parquet::statistics::BinaryStatistics;

use crate::engine::column::TextColumn;
use crate::engine::dictionary::{BLANK, Dictionary};

/// A page of strings ends with the row that fills it.
const PAGE_BYTES: usize = 1 << 20;

/// The pages of one column in one row group.
///
/// # Errors
/// None that a writer into memory makes; the encoder asks for the type.
pub(super) fn pages(text: &TextColumn, rows: Range<usize>, kind: &PrimitiveType) -> io::Result<Vec<Page>> {
    let codes = &text.codes[rows];
    let local = LocalCodes::of(codes, text.dictionary.len());
    // Below this share a dictionary and its codes take less room than the strings.
    if local.distinct.len() * 4 < local.codes.len() * 3 || local.codes.is_empty() {
        dictionary_pages(&text.dictionary, codes, &local, kind)
    } else {
        plain_pages(&text.dictionary, codes, kind)
    }
}

/// The codes of the rows that are not blank, numbered anew in the order of first sight.
struct LocalCodes {
    distinct: Vec<u32>,
    codes: Vec<u32>,
}

impl LocalCodes {
    fn of(codes: &[u32], dictionary_len: usize) -> Self {
        const UNSEEN: u32 = u32::MAX;
        let mut local = vec![UNSEEN; dictionary_len];
        let mut distinct = Vec::new();
        let number = |&code: &u32| {
            let known = &mut local[code as usize];
            if *known == UNSEEN {
                *known = distinct.len() as u32;
                distinct.push(code);
            }
            *known
        };
        let codes = codes.iter().filter(|&&code| code != BLANK).map(number).collect();
        Self { distinct, codes }
    }
}

fn dictionary_pages(
    dictionary: &Dictionary,
    codes: &[u32],
    local: &LocalCodes,
    kind: &PrimitiveType,
) -> io::Result<Vec<Page>> {
    let mut values = Vec::new();
    local.distinct.iter().for_each(|&code| push(&mut values, dictionary.get(code)));
    let mut data = Vec::new();
    write_presence(&mut data, codes)?;
    let bits = u32::BITS - (local.distinct.len().saturating_sub(1) as u32).leading_zeros();
    data.push(bits as u8);
    hybrid_rle::encode::<u32, _, _>(&mut data, local.codes.iter().copied(), bits)?;
    Ok(vec![
        Page::Dict(DictPage::new(CowBuffer::Owned(values), local.distinct.len(), false)),
        data_page(data, codes, Encoding::RleDictionary, kind),
    ])
}

fn plain_pages(dictionary: &Dictionary, mut codes: &[u32], kind: &PrimitiveType) -> io::Result<Vec<Page>> {
    let mut pages = Vec::new();
    let mut values = Vec::with_capacity(2 * PAGE_BYTES);
    while !codes.is_empty() {
        values.clear();
        let mut rows = 0;
        while rows < codes.len() && values.len() < PAGE_BYTES {
            if codes[rows] != BLANK {
                push(&mut values, dictionary.get(codes[rows]));
            }
            rows += 1;
        }
        let (page, rest) = codes.split_at(rows);
        let mut data = Vec::with_capacity(values.len() + rows / 8 + 64);
        write_presence(&mut data, page)?;
        data.extend_from_slice(&values);
        pages.push(data_page(data, page, Encoding::Plain, kind));
        codes = rest;
    }
    Ok(pages)
}

/// A string as Parquet's plain encoding has it: its length, then its bytes.
fn push(values: &mut Vec<u8>, value: &str) {
    values.extend_from_slice(&(value.len() as u32).to_le_bytes());
    values.extend_from_slice(value.as_bytes());
}

/// Which rows have a value, in the form of definition levels of one bit, their length before them.
fn write_presence(data: &mut Vec<u8>, codes: &[u32]) -> io::Result<()> {
    let start = data.len();
    data.extend_from_slice(&[0; 4]);
    if codes.contains(&BLANK) {
        hybrid_rle::encode::<bool, _, _>(data, codes.iter().map(|&code| code != BLANK), 1)?;
    } else {
        <bool as hybrid_rle::Encoder<bool>>::run_length_encode(data, codes.len(), true, 1)?;
    }
    let length = (data.len() - start - 4) as u32;
    data[start..start + 4].copy_from_slice(&length.to_le_bytes());
    Ok(())
}

fn data_page(data: Vec<u8>, codes: &[u32], encoding: Encoding, kind: &PrimitiveType) -> Page {
    // No smallest and largest: over ids, names and addresses they rule nothing out, and finding them costs.
    let statistics = BinaryStatistics {
        primitive_type: kind.clone(),
        null_count: Some(codes.iter().filter(|&&code| code == BLANK).count() as i64),
        distinct_count: None,
        max_value: None,
        min_value: None,
    };
    let header = DataPageHeader::V1(DataPageHeaderV1 {
        num_values: codes.len() as i32,
        encoding: encoding.into(),
        definition_level_encoding: Encoding::Rle.into(),
        repetition_level_encoding: Encoding::Rle.into(),
        statistics: Some(statistics.serialize()),
    });
    let descriptor = Descriptor { primitive_type: kind.clone(), max_def_level: 0, max_rep_level: 0 };
    Page::Data(DataPage::new(header, CowBuffer::Owned(data), descriptor, codes.len()))
}
