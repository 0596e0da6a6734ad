"""Write the demonstration's data files again: python seed_data/generate.py [folder]"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from seed_data.generator.whole import whole_book  # noqa: E402


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "loaded"
    book = whole_book(HERE / "tables")
    book.write(folder)
    for table, rows in book.tables.items():
        print(f"{len(rows):>7,}  {table}")


if __name__ == "__main__":
    main()
