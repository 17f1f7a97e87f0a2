"""Pages of the ground floor: boards, organisations, people, the record, the programme itself."""
