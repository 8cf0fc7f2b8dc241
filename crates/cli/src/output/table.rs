//! A table for a person, as wide as the terminal.

use std::io::Write;

use comfy_table::{Attribute, Cell as TableCell, CellAlignment, ContentArrangement, Table, presets};
use rollcall_sheets::{Sink, WriteError};

use crate::sheet::{Cell, Column};

/// Keeps all rows: widths are known at the end.
pub struct TableSink {
    columns: &'static [Column],
    wide: bool,
    table: Table,
    rows: usize,
}

impl TableSink {
    pub fn new(columns: &'static [Column], wide: bool) -> Self {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        let shown = columns.iter().filter(|column| wide || column.main);
        table.set_header(shown.map(|column| TableCell::new(column.title).add_attribute(Attribute::Bold)));
        Self { columns, wide, table, rows: 0 }
    }
}

impl Sink for TableSink {
    fn row(&mut self, cells: Vec<Cell>) -> Result<(), WriteError> {
        let shown = self.columns.iter().zip(cells).filter(|(column, _)| self.wide || column.main);
        self.table.add_row(shown.map(|(_, cell)| {
            let shown = TableCell::new(cell.human());
            match cell {
                Cell::Number(_) | Cell::Hundredths(_) => shown.set_alignment(CellAlignment::Right),
                Cell::Empty | Cell::Text(_) | Cell::Time(_) | Cell::Flag(_) => shown,
            }
        }));
        self.rows += 1;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        if self.rows == 0 {
            super::remark("Nothing to list.");
            return Ok(());
        }
        let mut stream = std::io::stdout().lock();
        for line in self.table.lines() {
            writeln!(stream, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
