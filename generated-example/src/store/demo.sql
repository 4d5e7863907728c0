-- What a new shop has on its shelves.
INSERT INTO products (sku, title, description, category, price, stock, grams) VALUES
    ('INK-0042', 'Ink, midnight blue, 30 ml', 'Dries fast, *forgives* little.', 'ink', 1290, 24, 85),
    ('INK-0043', 'Ink, moss green, 30 ml', NULL, 'ink', 1290, 0, 85),
    ('PEN-0007', 'Fountain pen, fine nib', 'Brass, lacquered black.', 'pens', 4900, 7, 31),
    ('PEN-0011', 'Pencil, 2B, box of twelve', NULL, 'pens', 950, 120, 96),
    ('PAP-0100', 'Letter paper, A5, 50 sheets', 'Cotton, 120 g.', 'paper', 1650, 40, 470),
    ('NOT-0203', 'Notebook, dotted, A5', '192 pages, lies flat.', 'notebooks', 1890, 33, 310),
    ('ACC-0001', 'Blotting paper, ten sheets', NULL, 'accessories', 390, 200, NULL);
