//! What `counterpart generate` writes for `notes.yaml`, checked in.

/// Types, server and client.
pub mod notes;

#[cfg(test)]
mod tests {
    use counterpart_runtime::{Rejection, decode};

    use super::notes::types::Note;

    #[test]
    fn checked_in_code_decodes_what_its_contract_says() -> Result<(), Rejection> {
        let note = decode::<Note>(br#"{"id": 1, "text": "Buy ink"}"#)?;
        assert_eq!((note.id, note.text.as_str()), (1, "Buy ink"));
        assert!(decode::<Note>(br#"{"id": 1}"#).is_err());
        Ok(())
    }
}
