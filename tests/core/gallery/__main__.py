from tests.core.gallery import create_gallery

create_gallery().run(port=8099)
